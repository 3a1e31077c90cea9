import { errorCodeOf, fieldsOf, idOf, listOf, own } from "../../json/lenient.ts";
import type { SendResult } from "../../types/channel.ts";
import { sendDecision } from "../errors.ts";
import type { Answer } from "./transport.ts";

/** What an answer of the Graph API means for the message; `attempts` counts the requests made so far. */
export function judge(answer: Answer, attempts: number): SendResult {
  if (answer.kind === "unanswered") return { outcome: "ambiguous", code: null, attempts };
  if (answer.kind === "unreached") return rejected("retry_safe", null, null, attempts);
  const { status, body, retryAfterMs } = answer;
  const code = errorCode(body);
  if (status >= 200 && status < 300) {
    const waMessageId = messageId(body);
    // Meta took something, but will not say what: no id, or none that is one.
    if (waMessageId === null) return { outcome: "ambiguous", code, attempts };
    return { outcome: "accepted", waMessageId, attempts };
  }
  const decision = sendDecision(code, status);
  if (decision === "ambiguous") return { outcome: "ambiguous", code, attempts };
  return rejected(decision, code, retryAfterMs, attempts);
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

type Rejected = Extract<SendResult, { outcome: "rejected" }>;

/** Meta's `error.code`; null when the answer holds none. */
export function errorCode(body: unknown): number | null {
  return errorCodeOf(own(fieldsOf(body), "error"));
}

function messageId(body: unknown): string | null {
  const [message] = listOf(own(fieldsOf(body), "messages"));
  return idOf(own(fieldsOf(message), "id"));
}
