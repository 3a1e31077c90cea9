import { call } from "../../http/call.ts";
import { asCallError, CallError } from "../../http/call-error.ts";
import { type Backoff, backoffMs } from "../../http/retry.ts";
import { parseJson } from "../../json/lenient.ts";
import type { Log, LogFields } from "../../telemetry/log.ts";
import type {
  Channel,
  Outbound,
  SendDecision,
  SendResult,
  UploadFile,
  UploadResult,
} from "../../types/channel.ts";
import type { Clock } from "../../types/clock.ts";
import { META_ERRORS, metaAdvice, metaCodeIn, metaMeaning } from "../errors.ts";
import { MessageLimitError } from "../messages/check.ts";
import { addressesOf, graphBody } from "./body.ts";
import { type GraphResponse, interpretResponse, rejected } from "./interpret-response.ts";
import { uploadTo } from "./upload.ts";

/** Settings of the Graph API client. */
export interface WhatsAppClientOptions {
  baseUrl: string;
  /** E.g. `v26.0`. */
  version: string;
  /** Null for a number that is not ours. */
  accessToken(phoneNumberId: string): string | null;
  fetch?: typeof fetch;
  clock: Clock;
  /** 0 ≤ n < 1, spreads the pauses between tries. */
  random?: () => number;
  /** Time limit of one request; real time, because the network's is. */
  attemptTimeoutMs?: number;
  log: Log;
}

const MAX_ATTEMPTS = 6;
const BACKOFF: Backoff = { firstMs: 500, maxMs: 30_000, jitter: 1 };
/** Meta's own formula for the pair rate: 4^n seconds between attempts. */
const PAIR_RATE_BACKOFF: Backoff = { firstMs: 1_000, factor: 4, maxMs: 30_000, jitter: 1 };
const COURTESY_TIMEOUT_MS = 5_000;

/** Left of a deadline, a shorter time is not enough to send again: the answer would be lost and the send ambiguous. */
const MIN_ATTEMPT_MS = 1_000;

/** Meta's Graph API as a channel. `deadlineMs` of `send` is how long the call may take, from now. */
export function createWhatsAppClient(options: WhatsAppClientOptions): Channel {
  const { clock, log } = options;
  const post = poster(options);
  const sendBody = bodySender(options, post);

  async function send(outbound: Outbound, deadlineMs: number): Promise<SendResult> {
    const { body, refusal } = prepare(outbound, options);
    if (refusal) return refusal;
    const { phoneNumberId } = outbound;
    const endMs = clock.now() + deadlineMs;
    const [, ...otherAddresses] = addressesOf(outbound.to);
    let result = await sendBody({ phoneNumberId, body, endMs }, 0);
    // Test numbers list their recipients in one spelling. What was refused was not sent, so nothing is doubled.
    for (const address of otherAddresses) {
      if (!isNotListed(result) || clock.now() + MIN_ATTEMPT_MS > endMs) break;
      result = await sendBody({ phoneNumberId, body: { ...body, ...address }, endMs }, result.attempts);
      if (result.outcome === "accepted" && "to" in address)
        return { ...result, acceptedPhone: address.to.slice(1) };
    }
    return result;
  }

  async function readAndType(phoneNumberId: string, waMessageId: string): Promise<void> {
    const body = {
      messaging_product: "whatsapp",
      status: "read",
      message_id: waMessageId,
      typing_indicator: { type: "text" },
    };
    const response = await post(phoneNumberId, body, COURTESY_TIMEOUT_MS);
    if (response instanceof CallError) log.warn("whatsapp.typing_failed", facts(response));
  }

  function upload(file: UploadFile, timeoutMs: number): Promise<UploadResult> {
    const address = `${rootOf(options)}/${encodeURIComponent(file.phoneNumberId)}/media`;
    return uploadTo(address, file, { headers: bearer(options, file), timeoutMs, fetch: options.fetch });
  }

  return { send, upload, readAndType };
}

/** A request to make; its answer is not waited for beyond `endMs`. */
interface Request {
  phoneNumberId: string;
  body: Record<string, unknown>;
  endMs: number;
}

/** True when Meta refused a phone that is not in the test number's list of recipients. */
const isNotListed = (result: SendResult): boolean =>
  result.outcome === "rejected" && result.code === META_ERRORS.testNumber.code;

/** Posts a request until it is accepted, certainly refused or late; `earlier` counts the attempts made before. */
function bodySender(options: WhatsAppClientOptions, post: ReturnType<typeof poster>) {
  const { clock, log, random = Math.random, attemptTimeoutMs = 10_000 } = options;
  return async ({ phoneNumberId, body, endMs }: Request, earlier: number): Promise<SendResult> => {
    let throttled = false;
    for (let attempt = 1; ; attempt++) {
      const timeoutMs = Math.max(1, Math.min(attemptTimeoutMs, endMs - clock.now()));
      const response = await post(phoneNumberId, body, timeoutMs);
      const result = interpretResponse(response, earlier + attempt);
      report(log, result, response);
      if (result.outcome === "accepted") return throttled ? { ...result, throttled } : result;
      if (result.outcome !== "rejected" || result.decision !== "retry_safe") return result;
      throttled ||= result.code === META_ERRORS.throttled.code;
      const backoff = result.code === META_ERRORS.pairRate.code ? PAIR_RATE_BACKOFF : BACKOFF;
      const pauseMs = Math.max(result.retryAfterMs ?? 0, backoffMs(backoff, attempt, random));
      const late = clock.now() + pauseMs + MIN_ATTEMPT_MS > endMs;
      if (late || attempt === MAX_ATTEMPTS) {
        const retryAfterMs = result.retryAfterMs ?? backoffMs({ ...backoff, jitter: 0 }, attempt);
        return { ...result, retryAfterMs };
      }
      await clock.sleep(pauseMs);
    }
  };
}

type Prepared = { body: Record<string, unknown>; refusal?: never } | { body?: never; refusal: SendResult };

/** Request to post, or the reason why there is none. */
function prepare(outbound: Outbound, { clock, log, accessToken }: WhatsAppClientOptions): Prepared {
  const refuse = (decision: SendDecision, code: number | null = null): Prepared => ({
    refusal: rejected(decision, code, null, 0),
  });
  if ("window" in outbound && outbound.window.endsAtMs <= clock.now())
    return refuse("needs_template", META_ERRORS.windowClosed.code);
  if (accessToken(outbound.phoneNumberId) === null) {
    // The number was taken out of the settings: a person has to look.
    log.error("whatsapp.number_not_configured");
    return refuse("stop_and_alert");
  }
  try {
    const body = graphBody(outbound);
    return body === null ? refuse("recipient_lost") : { body };
  } catch (error) {
    if (!(error instanceof MessageLimitError)) throw error;
    // A message beyond Meta's limits is a bug of ours; its plain form has fewer of them.
    const { kind, field, limit } = error;
    log.error("whatsapp.over_limit", { kind, field, limit });
    return refuse("plain_form");
  }
}

const rootOf = ({ baseUrl, version }: WhatsAppClientOptions): string =>
  `${baseUrl.replace(/\/+$/, "")}/${version}`;

const bearer = (
  { accessToken }: WhatsAppClientOptions,
  { phoneNumberId }: Pick<Outbound, "phoneNumberId">,
): { authorization: string } => ({ authorization: `Bearer ${accessToken(phoneNumberId) ?? ""}` });

function poster(options: WhatsAppClientOptions) {
  const root = rootOf(options);
  return (phoneNumberId: string, json: unknown, timeoutMs: number): Promise<GraphResponse> =>
    call(`${root}/${encodeURIComponent(phoneNumberId)}/messages`, {
      method: "POST",
      headers: bearer(options, { phoneNumberId }),
      json,
      timeoutMs,
      fetch: options.fetch,
      now: options.clock.now,
    }).catch(asCallError);
}

function report(log: Log, result: SendResult, response: GraphResponse): void {
  if (result.outcome === "accepted") return;
  const stopped = result.outcome === "rejected" && result.decision === "stop_and_alert";
  log[stopped ? "error" : "warn"](stopped ? "whatsapp.send_stopped" : "whatsapp.send_failed", {
    outcome: result.outcome,
    decision: result.outcome === "rejected" ? result.decision : null,
    attempts: result.attempts,
    ...facts(response),
  });
}

/** Loggable facts of a response: numbers and names, nothing anybody wrote. */
function facts(response: GraphResponse): LogFields {
  if (response instanceof CallError && response.status === null)
    return { answer: response.neverSent ? "unreached" : response.code };
  const code = metaCodeIn(parseJson(response.text));
  const words = code === null ? null : { meaning: metaMeaning(code), advice: metaAdvice(code) };
  return { http_status: response.status, code, ...words };
}
