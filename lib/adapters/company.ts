import { z } from "zod";
import { signConnectorBody } from "../crypto/sign-body.ts";
import { type CallResult, call } from "../http/call.ts";
import { CallError } from "../http/call-error.ts";
import { type Backoff, retry } from "../http/retry.ts";
import { cleanText } from "../json/clean.ts";
import { parseJson } from "../json/lenient.ts";
import { spellingsOf } from "../phone/spellings.ts";
import type { Clock } from "../types/clock.ts";
import type { BusinessRecords } from "../types/tools.ts";

export { signConnectorBody };

const ANSWER_BYTES = 256 * 1024;
const RETRY_STATUS = new Set([429, 502, 503, 504]);
const BACKOFF: Backoff = { firstMs: 150, maxMs: 1_000 };

const line = z
  .string()
  .max(300)
  .transform((text) => cleanText(text, 300));
const absent = (value: string | null | undefined) => value ?? undefined;
const answerSchema = z.object({
  orders: z
    .array(
      z.object({
        number: line,
        status: line,
        placedOn: line,
        items: z.array(z.object({ name: line, quantity: z.number() })).max(100),
        total: line,
        carrier: line.nullish().transform(absent),
        // Length first, because host names with many accents take quadratic time to parse.
        trackingUrl: z
          .string()
          .max(500)
          .pipe(z.url({ protocol: /^https?$/ }))
          .transform((text) => cleanText(text, 500))
          .nullish()
          .transform(absent),
        expectedOn: line.nullish().transform(absent),
      }),
    )
    .max(50),
});

/** Failure of the company's system; holds nothing that a customer wrote. */
class RecordsError extends Error {
  override readonly name = "RecordsError";
  /** `timeout`, `connection`, `http_<status>`, `too_large` or `invalid_answer`. */
  readonly code: string;
  constructor(code: string, cause?: unknown) {
    super(`company API: ${code}`, { cause });
    this.code = code;
  }
}

/** Settings for the company's system. */
export interface RecordsOptions {
  /** `/orders/search` is appended. */
  baseUrl: string;
  /** Signs every request. */
  secret: string;
  /** Time limit of each of at most two attempts; 2000 by default. */
  timeoutMs?: number;
  fetch?: typeof fetch;
  clock: Clock;
}

/**
 * The company's own system over HTTP (docs/connector.md): `POST {base}/orders/search` with
 * `{ customer: { phone, user_id, phones? }, number }`, signed as `x-chasqui-signature: t=<unix seconds>,v1=<hex HMAC-SHA256 of
 * "<t>.<body>">`; the response is `{ orders: [...] }`. POST keeps phone numbers out of URL logs; the call only reads, so a
 * retry is safe. Throws RecordsError.
 */
export function createBusinessRecords(options: RecordsOptions): BusinessRecords {
  return {
    orders: async (customer, number, signal) => {
      const { phone, waUserId } = customer;
      const phones = phone === null ? [] : spellingsOf(phone);
      const several = phones.length > 1 && { phones };
      const body = JSON.stringify({ customer: { phone, user_id: waUserId, ...several }, number });
      const pause = { backoff: BACKOFF, clock: options.clock, signal };
      const { text } = await retry(() => search(body, options, signal), {
        attempts: 2,
        when: ({ status, retryable, code }) =>
          status === null ? retryable && code !== "timeout" : RETRY_STATUS.has(status),
        pause,
      }).catch(fail);
      const answer = answerSchema.safeParse(parseJson(text));
      if (!answer.success) throw new RecordsError("invalid_answer");
      return answer.data.orders;
    },
  };
}

/** Signs each attempt anew, because the signature contains the time. */
async function search(body: string, options: RecordsOptions, signal: AbortSignal): Promise<CallResult> {
  const signature = await signConnectorBody(body, options.secret, Math.floor(options.clock.now() / 1000));
  return call(`${options.baseUrl.replace(/\/+$/, "")}/orders/search`, {
    method: "POST",
    headers: {
      "content-type": "application/json",
      accept: "application/json",
      "x-chasqui-signature": signature,
    },
    body,
    timeoutMs: options.timeoutMs ?? 2000,
    signal,
    maxBytes: ANSWER_BYTES,
    fetch: options.fetch,
    now: options.clock.now,
  });
}

function fail(error: unknown): never {
  if (!(error instanceof CallError)) throw error;
  const { code, status } = error;
  if (code === "timeout" || code === "aborted") throw new RecordsError("timeout", error);
  const isStable = status !== null || code === "too_large";
  throw new RecordsError(isStable ? code : "connection", error);
}
