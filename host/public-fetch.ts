import { type LookupAddress, type LookupOptions, lookup } from "node:dns";
import { type IncomingMessage, request as requestHttp } from "node:http";
import { request as requestHttps } from "node:https";
import { Readable } from "node:stream";
import { isPublicAddress } from "../lib/http/public/address.ts";
import { isAllowedHost, refusedAddress } from "../lib/http/public/guard.ts";

type Callback = (error: Error | null, addresses: LookupAddress[] | string, family?: number) => void;

/**
 * `fetch` that connects only to public addresses, or to a host in `allowed`: what the name resolves to is checked where the connection is
 * made, so that an answer of the DNS that changes in between reaches nothing. Follows no redirect; each request has a connection of its
 * own, so that none breaks off because it was idle. Addresses instead of names are the caller's to check.
 */
export const createPublicFetch =
  (allowed: readonly string[]): typeof fetch =>
  async (input, init = {}) => {
    const url = new URL(String(input));
    const { signal, body } = init;
    const bytes = body ? new Uint8Array(await new Response(body).arrayBuffer()) : null;
    const headers = Object.fromEntries(new Headers(init.headers));
    const send = url.protocol === "https:" ? requestHttps : requestHttp;
    return new Promise((resolve, reject) => {
      const request = send(url, {
        method: init.method ?? "GET",
        headers: {
          ...headers,
          "accept-encoding": "identity",
          ...(bytes && { "content-length": String(bytes.byteLength) }),
        },
        agent: false,
        ...(!isAllowedHost(url, allowed) && { lookup: publicOnly }),
      });
      request.on("error", (cause) =>
        reject(signal?.aborted ? signal.reason : new TypeError("fetch failed", { cause })),
      );
      let answered: IncomingMessage | undefined;
      request.on("response", (answer) => {
        answered = answer;
        resolve(asResponse(answer));
      });
      // The body first, so that whoever reads it learns why it ended.
      const stop = () => [answered, request].map((stream) => stream?.destroy(asError(signal?.reason)));
      signal?.addEventListener("abort", stop);
      request.on("close", () => signal?.removeEventListener("abort", stop));
      if (signal?.aborted) stop();
      request.end(bytes);
    });
  };

const asError = (reason: unknown): Error => (reason instanceof Error ? reason : new Error("aborted"));

function asResponse(answer: IncomingMessage): Response {
  const status = answer.statusCode ?? 500;
  const hasBody = ![204, 205, 304].includes(status);
  if (!hasBody) answer.resume();
  const headers = new Headers();
  for (const [name, values = []] of Object.entries(answer.headersDistinct))
    for (const value of values) headers.append(name, value);
  return new Response(hasBody ? (Readable.toWeb(answer) as ReadableStream<Uint8Array>) : null, {
    status,
    headers,
  });
}

function publicOnly(hostname: string, options: LookupOptions, callback: Callback): void {
  lookup(hostname, { ...options, all: true }, (error, addresses) => {
    if (error) return callback(error, []);
    const [first] = addresses;
    if (first && addresses.every(({ address }) => isPublicAddress(address)))
      return options.all ? callback(null, addresses) : callback(null, first.address, first.family);
    callback(refusedAddress(), []);
  });
}
