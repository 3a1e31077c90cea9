/** One call of an HTTP tool. */
import { call } from "../../http/call.ts";
import { asCallError, type CallError } from "../../http/call-error.ts";
import { isRefusedAddress } from "../../http/public/guard.ts";
import { type Backoff, retry } from "../../http/retry.ts";
import { parseJson } from "../../json/lenient.ts";
import type { Clock } from "../../types/clock.ts";
import type { Json } from "../../types/json.ts";
import type { DeclaredTool, HttpVia, OnBehalfOf } from "../../types/tools/declared.ts";
import type { Signing } from "../behalf/context.ts";
import { broken, failure, type Sent } from "./failure.ts";
import { type HttpRequest, signRequest } from "./request.ts";

const ANSWER_BYTES = 256 * 1024;
const BACKOFF: Backoff = { firstMs: 150, maxMs: 1_000 };

export interface Sending {
  fetch: typeof fetch;
  clock: Clock;
  signing: Signing;
  timeoutMs: number;
  signal: AbortSignal;
}

/** Sends a request, at most twice; each attempt is signed anew. Throws MissingVariableError. */
export async function send(
  request: HttpRequest,
  tool: DeclaredTool & { via: HttpVia },
  behalf: OnBehalfOf,
  { fetch, clock, signing, timeoutMs, signal }: Sending,
): Promise<Sent> {
  const endsAtMs = clock.now() + timeoutMs;
  const attempt = async () => {
    const { method, url, headers, body } = await signRequest(request, tool.via, behalf, signing);
    return call(url, {
      ...{ method, headers, signal, fetch, maxBytes: ANSWER_BYTES, now: clock.now },
      ...(body !== "" && { body }),
      timeoutMs: Math.max(endsAtMs - clock.now(), 1),
    });
  };
  try {
    const { text } = await retry(attempt, {
      attempts: 2,
      when: (error) => isWorthAnother(error, tool),
      pause: { backoff: BACKOFF, clock, signal },
    });
    const answer = text.trim() === "" ? null : parseJson(text);
    return answer === undefined ? broken("invalid_answer", tool) : { ok: true, answer: answer as Json };
  } catch (error) {
    return failure(asCallError(error), tool);
  }
}

const RETRY_STATUS = new Set([429, 503]);
const MORE_FOR_READING = new Set([502, 504]);

/** Only where it is certain that nothing was done, or where nothing can be done twice. */
function isWorthAnother(error: CallError, { via, effect }: DeclaredTool & { via: HttpVia }): boolean {
  if (isRefusedAddress(error) || error.code === "timeout" || error.code === "aborted") return false;
  if (error.neverSent) return true;
  if (effect) return false;
  const { status } = error;
  if (status !== null)
    return RETRY_STATUS.has(status) || (via.method === "GET" && MORE_FOR_READING.has(status));
  return via.method === "GET" && error.retryable;
}
