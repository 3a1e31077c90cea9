import type { CallResult } from "../../http/call.ts";
import { CallError } from "../../http/call-error.ts";
import { fieldOf, fieldsOf, idOf, listOf, parseJson } from "../../json/lenient.ts";
import type { SendResult } from "../../types/channel.ts";
import { metaCodeIn, sendDecision } from "../errors.ts";

/** A response of the Graph API, or why there is none. */
export type GraphResponse = CallResult | CallError;

/** Result of a send, from the Graph API's response to it; `attempts` counts the requests made so far. */
export function interpretResponse(response: GraphResponse, attempts: number): SendResult {
  const body = parseJson(response.text);
  const code = metaCodeIn(body);
  const ambiguous: SendResult = { outcome: "ambiguous", code, attempts };
  if (response instanceof CallError) {
    const { status, neverSent, retryAfterMs } = response;
    if (neverSent) return rejected("retry_safe", null, null, attempts);
    const decision = status === null ? "ambiguous" : sendDecision(code, status);
    if (decision === "ambiguous") return ambiguous;
    const refusal = rejected(decision, code, retryAfterMs, attempts);
    return decision === "plain_form" && namesQuote(body) ? { ...refusal, quoteRefused: true } : refusal;
  }
  const waMessageId = messageId(body);
  // Meta took something, but will not say what: no id, or none that is one.
  return waMessageId === null ? ambiguous : { outcome: "accepted", waMessageId, attempts };
}

/** A send that certainly did not happen. */
export function rejected(
  decision: Rejected["decision"],
  code: number | null,
  retryAfterMs: number | null,
  attempts: number,
): Rejected {
  return { outcome: "rejected", decision, code, retryAfterMs, attempts };
}

/** True when Meta's details are about `context.message_id`, the message that is quoted. */
function namesQuote(body: unknown): boolean {
  const error = fieldsOf(fieldOf(fieldsOf(body), "error"));
  const details = fieldOf(fieldsOf(fieldOf(error, "error_data")), "details");
  return [fieldOf(error, "message"), details].some(
    (text) => typeof text === "string" && /\bcontext\b|\bquoted?\b/i.test(text.slice(0, 1_000)),
  );
}

type Rejected = Extract<SendResult, { outcome: "rejected" }>;

function messageId(body: unknown): string | null {
  const [message] = listOf(fieldOf(fieldsOf(body), "messages"));
  return idOf(fieldOf(fieldsOf(message), "id"));
}
