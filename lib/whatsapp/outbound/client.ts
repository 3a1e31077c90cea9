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
import { THROTTLED, WINDOW_CLOSED } from "../errors.ts";
import { MessageLimitError } from "../messages/check.ts";
import { backoffCeilingMs } from "./backoff.ts";
import { graphBody } from "./body.ts";
import { errorCode, judge, rejected } from "./interpret-response.ts";
import { type Answer, postJson } from "./transport.ts";
import { uploadTo } from "./upload.ts";

/** Where and as whom to speak to the Graph API. */
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
  /** How long one request may take; real time, because the network's is. */
  attemptTimeoutMs?: number;
  log: Log;
}

const MAX_ATTEMPTS = 6;
const COURTESY_TIMEOUT_MS = 5_000;

/** Left of a deadline, a shorter time is not enough to send again: the answer would be lost and the send ambiguous. */
const MIN_ATTEMPT_MS = 1_000;

/** Meta's Graph API as a channel. `deadlineMs` of `send` is how long the call may take, from now. */
export function createWhatsAppClient(options: WhatsAppClientOptions): Channel {
  const { clock, log, random = Math.random, attemptTimeoutMs = 10_000 } = options;
  const post = poster(options);

  async function send(outbound: Outbound, deadlineMs: number): Promise<SendResult> {
    const { body, refusal } = prepare(outbound, options);
    if (refusal) return refusal;
    const endMs = clock.now() + deadlineMs;
    let throttled = false;
    for (let attempt = 1; ; attempt++) {
      const timeoutMs = Math.max(1, Math.min(attemptTimeoutMs, endMs - clock.now()));
      const answer = await post(outbound.phoneNumberId, body, timeoutMs);
      const result = judge(answer, attempt);
      report(log, result, answer);
      if (result.outcome === "accepted") return throttled ? { ...result, throttled } : result;
      if (result.outcome !== "rejected" || result.decision !== "retry_safe") return result;
      throttled ||= result.code === THROTTLED;
      const ceilingMs = backoffCeilingMs(attempt, result.code);
      const pauseMs = Math.max(result.retryAfterMs ?? 0, ceilingMs * random());
      const late = clock.now() + pauseMs + MIN_ATTEMPT_MS > endMs;
      if (late || attempt === MAX_ATTEMPTS)
        return { ...result, retryAfterMs: result.retryAfterMs ?? ceilingMs };
      await clock.sleep(pauseMs);
    }
  }

  async function readAndType(phoneNumberId: string, waMessageId: string): Promise<void> {
    const body = {
      messaging_product: "whatsapp",
      status: "read",
      message_id: waMessageId,
      typing_indicator: { type: "text" },
    };
    const answer = await post(phoneNumberId, body, COURTESY_TIMEOUT_MS);
    if (answer.kind === "answered" && answer.status < 300) return;
    log.warn("whatsapp.typing_failed", facts(answer));
  }

  function upload(file: UploadFile, timeoutMs: number): Promise<UploadResult> {
    const address = `${rootOf(options)}/${encodeURIComponent(file.phoneNumberId)}/media`;
    const token = options.accessToken(file.phoneNumberId) ?? "";
    return uploadTo(address, token, file, options.fetch ?? fetch, timeoutMs);
  }

  return { send, upload, readAndType };
}

type Prepared = { body: Record<string, unknown>; refusal?: never } | { body?: never; refusal: SendResult };

/** What to post; or why nothing is. */
function prepare(outbound: Outbound, { clock, log, accessToken }: WhatsAppClientOptions): Prepared {
  const refuse = (decision: SendDecision, code: number | null = null): Prepared => ({
    refusal: rejected(decision, code, null, 0),
  });
  if ("window" in outbound && outbound.window.endsAtMs <= clock.now())
    return refuse("needs_template", WINDOW_CLOSED);
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
    // Whoever made the message did not keep to Meta's limits: a bug, which must not be tried again and again.
    const { kind, field, limit } = error;
    log.error("whatsapp.over_limit", { kind, field, limit });
    return refuse("never");
  }
}

const rootOf = ({ baseUrl, version }: WhatsAppClientOptions): string =>
  `${baseUrl.replace(/\/+$/, "")}/${version}`;

function poster(options: WhatsAppClientOptions) {
  const { accessToken, clock, fetch: fetcher = fetch } = options;
  const root = rootOf(options);
  return (phoneNumberId: string, body: unknown, timeoutMs: number): Promise<Answer> =>
    postJson(fetcher, `${root}/${encodeURIComponent(phoneNumberId)}/messages`, {
      headers: { authorization: `Bearer ${accessToken(phoneNumberId) ?? ""}` },
      body,
      timeoutMs,
      nowMs: clock.now(),
    });
}

function report(log: Log, result: SendResult, answer: Answer): void {
  if (result.outcome === "accepted") return;
  const stopped = result.outcome === "rejected" && result.decision === "stop_and_alert";
  log[stopped ? "error" : "warn"](stopped ? "whatsapp.send_stopped" : "whatsapp.send_failed", {
    outcome: result.outcome,
    decision: result.outcome === "rejected" ? result.decision : null,
    attempts: result.attempts,
    ...facts(answer),
  });
}

/** What may be logged of an answer: numbers and names, nothing anybody wrote. */
function facts(answer: Answer): LogFields {
  if (answer.kind !== "answered")
    return { answer: answer.kind === "unanswered" ? answer.reason : answer.kind };
  return { http_status: answer.status, code: errorCode(answer.body) };
}
