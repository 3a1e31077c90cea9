import type { ModelMessage } from "ai";
import type { StoredMessage } from "../ports.ts";
import { describeMessage } from "../webhook/describe.ts";

/**
 * The last `count` messages as the model reads them. What the customer sent since the last answer is one message,
 * however many bubbles it came in.
 */
export function transcript(
  history: readonly StoredMessage[],
  pending: readonly StoredMessage[],
  count: number,
): ModelMessage[] {
  const before = history.slice(Math.max(0, history.length - (count - 1))).map(
    (message): ModelMessage => ({
      role: message.direction === "in" ? "user" : "assistant",
      content: describeMessage(message),
    }),
  );
  return [...before, { role: "user", content: pendingText(pending) }];
}

/** More than that of unanswered words is cut at the front: the last ones count, and every token costs. */
const MAX_PENDING_CHARACTERS = 6_000;

/** The customer's unanswered words, in order, a line each. */
export function pendingText(pending: readonly StoredMessage[]): string {
  return pending.map(describeMessage).join("\n").slice(-MAX_PENDING_CHARACTERS).toWellFormed();
}
