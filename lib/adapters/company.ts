import { z } from "zod";
import { cleanText } from "../json/clean.ts";
import type { Clock } from "../types/clock.ts";
import type { BusinessRecords, OrderRecord } from "../types/tools.ts";

const ANSWER_BYTES = 256 * 1024;
const RETRY_STATUS = new Set([429, 502, 503, 504]);
const RETRY_PAUSE_MS = 150;
const LONGEST_RETRY_PAUSE_MS = 1000;

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
        // The length first: a host name of many accents takes quadratic time to parse.
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

/** Why the company's system gave no answer; holds nothing a person wrote. */
class RecordsError extends Error {
  /** `timeout`, `connection`, `http_<status>`, `too_large` or `invalid_answer`. */
  readonly code: string;
  /** Milliseconds after which asking again may help; null when it will not. */
  readonly retryAfterMs: number | null;
  constructor(code: string, retryAfterMs: number | null) {
    super(`company API: ${code}`);
    this.name = "RecordsError";
    this.code = code;
    this.retryAfterMs = retryAfterMs;
  }
}

/** How to reach the company's system. */
export interface RecordsOptions {
  /** `/orders/search` is appended. */
  baseUrl: string;
  /** Signs every request. */
  secret: string;
  /** For each of at most two tries; 2000 by default. */
  timeoutMs?: number;
  fetch?: typeof fetch;
  clock: Clock;
}

/**
 * The company's own system over HTTP (docs/connector.md): `POST {base}/orders/search` with
 * `{ customer: { phone, user_id }, number }`, signed as `x-chasqui-signature: t=<unix seconds>,v1=<hex HMAC-SHA256 of
 * "<t>.<body>">`, answered by `{ orders: [...] }`. POST keeps phone numbers out of URL logs; it only reads, so asking
 * twice is safe. Throws RecordsError.
 */
export function createBusinessRecords(options: RecordsOptions): BusinessRecords {
  return {
    orders: async (user, number, signal) => {
      const body = JSON.stringify({ customer: { phone: user.phone, user_id: user.waUserId }, number });
      try {
        return await search(body, options, signal);
      } catch (error) {
        const pauseMs = error instanceof RecordsError ? error.retryAfterMs : null;
        if (pauseMs === null || signal.aborted) throw error;
        await options.clock.sleep(pauseMs, signal);
        return search(body, options, signal);
      }
    },
  };
}

/** The value of `x-chasqui-signature` for a body sent at `timeS` (unix seconds). */
export async function signConnectorBody(body: string, secret: string, timeS: number): Promise<string> {
  const bytes = new TextEncoder();
  const algorithm = { name: "HMAC", hash: "SHA-256" };
  const key = await crypto.subtle.importKey("raw", bytes.encode(secret), algorithm, false, ["sign"]);
  const digest = new Uint8Array(await crypto.subtle.sign("HMAC", key, bytes.encode(`${timeS}.${body}`)));
  return `t=${timeS},v1=${Array.from(digest, (byte) => byte.toString(16).padStart(2, "0")).join("")}`;
}

async function search(body: string, options: RecordsOptions, signal: AbortSignal): Promise<OrderRecord[]> {
  const signature = await signConnectorBody(body, options.secret, Math.floor(options.clock.now() / 1000));
  const timeout = AbortSignal.timeout(options.timeoutMs ?? 2000);
  try {
    const response = await (options.fetch ?? fetch)(`${options.baseUrl.replace(/\/+$/, "")}/orders/search`, {
      method: "POST",
      headers: {
        "content-type": "application/json",
        accept: "application/json",
        "x-chasqui-signature": signature,
      },
      body,
      redirect: "manual",
      signal: firstOf(signal, timeout),
    });
    if (!response.ok) throw await refusal(response);
    return answerSchema.parse(JSON.parse(await readText(response))).orders;
  } catch (error) {
    if (error instanceof RecordsError) throw error;
    if (error instanceof z.ZodError || error instanceof SyntaxError)
      throw new RecordsError("invalid_answer", null);
    if (signal.aborted || timeout.aborted) throw new RecordsError("timeout", null);
    throw new RecordsError("connection", RETRY_PAUSE_MS);
  }
}

async function refusal(response: Response): Promise<RecordsError> {
  await response.body?.cancel();
  const asked = Number(response.headers.get("retry-after") ?? Number.NaN) * 1000;
  const pauseMs = asked > 0 ? Math.min(asked, LONGEST_RETRY_PAUSE_MS) : RETRY_PAUSE_MS;
  return new RecordsError(`http_${response.status}`, RETRY_STATUS.has(response.status) ? pauseMs : null);
}

async function readText(response: Response): Promise<string> {
  const reader = response.body?.getReader();
  const decoder = new TextDecoder();
  let text = "";
  for (let bytes = 0; reader; ) {
    const { done, value } = await reader.read();
    if (done) break;
    bytes += value.byteLength;
    if (bytes > ANSWER_BYTES) {
      await reader.cancel();
      throw new RecordsError("too_large", null);
    }
    text += decoder.decode(value, { stream: true });
  }
  return text + decoder.decode();
}

// Vercel's edge runtime has no AbortSignal.any.
function firstOf(...signals: AbortSignal[]): AbortSignal {
  const controller = new AbortController();
  for (const signal of signals) {
    if (signal.aborted) controller.abort();
    signal.addEventListener("abort", () => controller.abort(), { once: true });
  }
  return controller.signal;
}
