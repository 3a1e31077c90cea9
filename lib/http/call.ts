/** Calls to other services: one deadline with the body in it, a bounded response, no redirect followed. */

import { readText } from "./body.ts";
import { brokenOff, CallError } from "./call-error.ts";
import { retryAfterMs } from "./retry-after.ts";
import { firstOf } from "./signals.ts";

/** One request to another service; a GET without a method. */
export interface CallRequest {
  method?: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  headers?: Readonly<Record<string, string>>;
  body?: BodyInit;
  /** Sent as the body, with its content type. */
  json?: unknown;
  /** Deadline of the call, reading the response included. */
  timeoutMs?: number;
  /** Ends the call before its deadline. */
  signal?: AbortSignal;
  /** Longest response; 64 KB by default. 0: it is not read. */
  maxBytes?: number;
  fetch?: typeof fetch | undefined;
  /** Epoch milliseconds, for a `Retry-After` that is a date. */
  now?: () => number;
}

/** A successful response (2xx), read to its end. */
export interface CallResult {
  status: number;
  text: string;
}

const MAX_BYTES = 65_536;

/** Makes a call and reads its response. Throws CallError unless that is a success of at most `maxBytes`. */
export async function call(url: string | URL, request: CallRequest): Promise<CallResult> {
  const { timeoutMs, signal: outer, maxBytes = MAX_BYTES } = request;
  // A timer that ends with the call: `AbortSignal.timeout` outlives it, and costs ten times as much.
  const controller = new AbortController();
  const stop = () => controller.abort(outer?.reason);
  if (outer?.aborted) stop();
  outer?.addEventListener("abort", stop, { once: true });
  const late = () => controller.abort(new DOMException("The deadline is over.", "TimeoutError"));
  const timer = timeoutMs === undefined ? undefined : setTimeout(late, timeoutMs);
  try {
    const response = await send(url, request, controller.signal).catch(breakOff(request));
    if (!response.ok) throw await refusal(response, request);
    const text = await readText(response, maxBytes).catch(breakOff(request));
    if (text === null) throw new CallError({ code: "too_large", retryable: false });
    return { status: response.status, text };
  } finally {
    clearTimeout(timer);
    outer?.removeEventListener("abort", stop);
  }
}

/** Makes a call and resolves with a success whose body the caller reads. Throws CallError. */
export async function open(url: string | URL, request: CallRequest): Promise<Response> {
  const response = await send(url, request, signalOf(request)).catch(breakOff(request));
  if (response.ok) return response;
  throw await refusal(response, request);
}

/** HTTP status of a call whose response is not read. Throws CallError when there is none. */
export async function statusOf(url: string | URL, request: CallRequest): Promise<number> {
  try {
    return (await call(url, { ...request, maxBytes: 0 })).status;
  } catch (error) {
    if (error instanceof CallError && error.status !== null) return error.status;
    throw error;
  }
}

async function send(
  url: string | URL,
  { method = "GET", headers, body, json, fetch: fetcher = fetch }: CallRequest,
  signal: AbortSignal | undefined,
): Promise<Response> {
  return fetcher(url, {
    method,
    headers: { ...headers, ...(json !== undefined && { "content-type": "application/json" }) },
    ...(json !== undefined ? { body: JSON.stringify(json) } : body !== undefined && { body }),
    // Tokens, signatures and customers' words are for this address only.
    redirect: "manual",
    ...(signal && { signal }),
  });
}

const breakOff =
  ({ signal }: CallRequest) =>
  (error: unknown): never => {
    throw brokenOff(error, signal?.aborted ?? false);
  };

async function refusal(response: Response, { maxBytes = MAX_BYTES, now = Date.now }: CallRequest) {
  const { status, headers } = response;
  return new CallError({
    code: `http_${status}`,
    status,
    text: await readText(response, maxBytes).catch(() => null),
    retryAfterMs: retryAfterMs(headers.get("retry-after"), now()),
    retryable: status === 408 || status === 429 || status >= 500,
  });
}

function signalOf({ signal, timeoutMs }: CallRequest): AbortSignal | undefined {
  if (timeoutMs === undefined) return signal;
  const deadline = AbortSignal.timeout(timeoutMs);
  return signal ? firstOf(signal, deadline) : deadline;
}
