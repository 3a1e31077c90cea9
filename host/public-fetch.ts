import { type LookupAddress, type LookupOptions, lookup } from "node:dns";
import { request as requestHttp } from "node:http";
import { request as requestHttps } from "node:https";
import { Readable } from "node:stream";
import { isPublicAddress } from "../lib/http/public/address.ts";
import { REFUSED_ADDRESS } from "../lib/http/public/page.ts";

type Callback = (error: Error | null, addresses: LookupAddress[] | string, family?: number) => void;

/**
 * `fetch` of a page that connects only to public addresses, or to a host in `allowed`: what the name resolves to is checked where the
 * connection is made, so that an answer of the DNS that changes in between reaches nothing. Follows no redirect.
 */
export const createPublicFetch =
  (allowed: readonly string[]): typeof fetch =>
  (input, init = {}) => {
    const url = new URL(String(input));
    const may = allowed.includes(url.host) || allowed.includes(url.hostname);
    const send = url.protocol === "https:" ? requestHttps : requestHttp;
    const headers = Object.fromEntries(new Headers(init.headers));
    return new Promise((resolve, reject) => {
      const request = send(url, {
        headers: { ...headers, "accept-encoding": "identity" },
        agent: false,
        ...(init.signal && { signal: init.signal }),
        ...(!may && { lookup: publicOnly }),
      });
      request.on("error", reject);
      request.on("response", (answer) => {
        const status = answer.statusCode ?? 500;
        const body =
          status === 204 || status === 304 ? null : (Readable.toWeb(answer) as ReadableStream<Uint8Array>);
        const response = new Headers();
        for (const [name, values = []] of Object.entries(answer.headersDistinct))
          for (const value of values) response.append(name, value);
        resolve(new Response(body, { status, headers: response }));
      });
      request.end();
    });
  };

function publicOnly(hostname: string, options: LookupOptions, callback: Callback): void {
  lookup(hostname, { ...options, all: true }, (error, addresses) => {
    if (error) return callback(error, []);
    const [first] = addresses;
    if (first && addresses.every(({ address }) => isPublicAddress(address)))
      return options.all ? callback(null, addresses) : callback(null, first.address, first.family);
    callback(Object.assign(new Error("private address"), { name: REFUSED_ADDRESS }), []);
  });
}
