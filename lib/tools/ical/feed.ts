/** Fetching a calendar feed. */
import { type CallResult, call } from "../../http/call.ts";
import { asCallError, type CallError } from "../../http/call-error.ts";
import { isRefusedAddress } from "../../http/public/guard.ts";
import { retry } from "../../http/retry.ts";
import type { DeclaredTool, IcalVia } from "../../types/tools/declared.ts";
import { type Values, withVariables } from "../behalf/variables.ts";
import { failure, type Sent } from "../http/failure.ts";
import type { Sending } from "../http/send.ts";
import { UnsendableError } from "../http/url.ts";

const FEED_BYTES = 2 * 1024 * 1024;
const MAX_URL = 2_048;

/** The feed's address with its secrets. Throws MissingVariableError, UnsendableError. */
export function feedUrl({ url }: IcalVia, values: Values): URL {
  const filled = withVariables(url, values).replace(/^webcals?:/i, "https:");
  if (filled.length > MAX_URL || !URL.canParse(filled)) throw new UnsendableError("URL");
  const address = new URL(filled);
  if (!/^https?:$/.test(address.protocol) || address.username !== "" || address.password !== "")
    throw new UnsendableError("URL");
  return address;
}

/** Text of the feed, asked for twice at most: who the customer is does not go along. */
export async function fetchFeed(
  url: URL,
  tool: DeclaredTool,
  { fetch, clock, timeoutMs, signal }: Sending,
): Promise<{ ok: true; text: string } | (Sent & { ok: false })> {
  const endsAtMs = clock.now() + timeoutMs;
  const attempt = (): Promise<CallResult> =>
    call(url, {
      ...{ headers: { accept: "text/calendar" }, signal, fetch, maxBytes: FEED_BYTES, now: clock.now },
      timeoutMs: Math.max(endsAtMs - clock.now(), 1),
    });
  try {
    const { text } = await retry(attempt, {
      attempts: 2,
      when: isWorthAnother,
      pause: { backoff: { firstMs: 150, maxMs: 1_000 }, clock, signal },
    });
    return { ok: true, text };
  } catch (error) {
    return failure(asCallError(error), tool) as Sent & { ok: false };
  }
}

const isWorthAnother = (error: CallError): boolean =>
  error.retryable && error.code !== "timeout" && error.code !== "aborted" && !isRefusedAddress(error);
