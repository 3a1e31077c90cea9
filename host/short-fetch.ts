import { Agent, type IncomingMessage, type RequestOptions, request as requestHttp } from "node:http";
import { request as requestHttps, Agent as TlsAgent } from "node:https";
import { createShortAnswer } from "./short-answer.ts";

/** As in Node's own `fetch`: idle connections close before the server would close them. */
const KEEP = { keepAlive: true, timeout: 4_000 };
/** Above every answer of a model, a store or of the Graph API. */
const MAX_ANSWER_BYTES = 4 * 1024 * 1024;

const TRANSPORTS = new Map([
  ["http:", { request: requestHttp, agent: new Agent(KEEP) }],
  ["https:", { request: requestHttps, agent: new TlsAgent(KEEP) }],
]);

/** Addresses that are taken apart once: a bot asks the same few again and again. */
const MAX_PLACES = 256;
const places = new Map<string, Place>();

interface Place {
  request: typeof requestHttp;
  options: RequestOptions;
}

/**
 * `fetch` for short request and response texts, such as those of the model, the stores and the Graph API, at half the CPU time of
 * Node's own, which still serves everything else. Follows no redirects; rejects as Node's does, also for an answer over 4 MB.
 */
export const shortFetch: typeof fetch = (input, init = {}) => {
  const { body, headers, signal } = init;
  const isShort = typeof input === "string" && typeof body === "string" && !body.includes('"stream":true');
  const place = isShort && isRecord(headers) ? placeOf(input) : null;
  if (!isShort || !place || !isRecord(headers)) return fetch(input, init);
  if (signal?.aborted) return Promise.reject(signal.reason);
  return new Promise((resolve, reject) => {
    const sending = place.request({
      ...place.options,
      method: init.method ?? "GET",
      headers: {
        ...headers,
        "accept-encoding": "identity",
        "content-length": Buffer.byteLength(body).toString(),
      },
    });
    // Not Node's `signal` option, which watches the request in two more places.
    const stop = () => sending.destroy();
    const end = () => signal?.removeEventListener("abort", stop);
    const fail = (cause: unknown) => {
      end();
      reject(signal?.aborted ? signal.reason : new TypeError("fetch failed", { cause }));
    };
    signal?.addEventListener("abort", stop);
    sending.on("response", (answer) =>
      collect(
        answer,
        (bytes) => {
          end();
          resolve(createShortAnswer(answer, bytes));
        },
        fail,
      ),
    );
    sending.on("error", fail);
    sending.end(body);
  });
};

/** Null for what is no address of ours. */
function placeOf(address: string): Place | null {
  const known = places.get(address);
  if (known) return known;
  const url = URL.canParse(address) ? new URL(address) : null;
  const transport = url && TRANSPORTS.get(url.protocol);
  // Whoever writes a name and password into the address means a header, which is for `fetch` to write.
  if (!url || !transport || url.username !== "" || url.password !== "") return null;
  const { protocol, hostname, port, pathname, search } = url;
  const host = hostname.startsWith("[") ? hostname.slice(1, -1) : hostname;
  const options = { protocol, hostname: host, port, path: pathname + search, agent: transport.agent };
  const place = { request: transport.request, options };
  if (places.size >= MAX_PLACES) places.clear();
  places.set(address, place);
  return place;
}

function isRecord(headers: HeadersInit | undefined): headers is Record<string, string> {
  return typeof headers === "object" && !Array.isArray(headers) && !(headers instanceof Headers);
}

/** Reads an answer to its end; by its events, which cost less than a loop over the stream. */
function collect(
  answer: IncomingMessage,
  done: (bytes: Buffer) => void,
  fail: (cause: unknown) => void,
): void {
  const chunks: Buffer[] = [];
  let size = 0;
  answer.on("data", (chunk: Buffer) => {
    size += chunk.length;
    if (size > MAX_ANSWER_BYTES) answer.destroy(new Error("the answer is too long"));
    else chunks.push(chunk);
  });
  answer.on("end", () => done(chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks)));
  answer.on("error", fail);
}
