import type { ModelMessage, UserContent } from "ai";
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
  images: Images = NONE,
): ModelMessage[] {
  const before = history.slice(Math.max(0, history.length - (count - 1))).map(
    (message): ModelMessage => ({
      role: message.direction === "in" ? "user" : "assistant",
      // What the business said is kept in words whatever its kind.
      content:
        message.direction === "in" ? describeMessage(message) : (message.text ?? describeMessage(message)),
    }),
  );
  return [...before, { role: "user", content: seen(pendingText(pending), images) }];
}

/** The words, and beside them the pictures to look at. */
function seen(text: string, images: Images): UserContent {
  if (images.size === 0) return text;
  return [
    { type: "text", text },
    ...[...images.values()].map(
      ({ bytes, mimeType }) =>
        ({ type: "image", image: bytes, mediaType: mimeType, providerOptions: LOW_DETAIL }) as const,
    ),
  ];
}

/** One 512-pixel look: a ninth of the tokens of a usual photo (https://platform.openai.com/docs/guides/images-vision). */
const LOW_DETAIL = { openai: { imageDetail: "low" } };

/** Pictures by message id. */
export type Images = ReadonlyMap<string, { bytes: Uint8Array; mimeType: string }>;

const NONE: Images = new Map();

/** Whether anything in it is no plain text, and so stands there as a mark in brackets. */
export const hasMarks = (messages: readonly ModelMessage[]): boolean =>
  messages.some(({ content }) => typeof content !== "string" || content.includes("["));

/** More than that of unanswered words is cut at the front: the last ones count, and every token costs. */
const MAX_PENDING_CHARACTERS = 6_000;

/** The customer's unanswered words, in order, a line each. */
export function pendingText(pending: readonly StoredMessage[]): string {
  return pending.map(describeMessage).join("\n").slice(-MAX_PENDING_CHARACTERS).toWellFormed();
}
