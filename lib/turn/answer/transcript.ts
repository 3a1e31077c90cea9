import type { ModelMessage, UserContent } from "ai";
import { hasMark, MARK_KINDS, mark } from "../../language/marks.ts";
import type { StoredMessage } from "../../types/conversation.ts";
import { describeMessage } from "../../whatsapp/inbound/describe/describe.ts";
import { MAX_PENDING_TOKENS, MAX_TRANSCRIPT_TOKENS } from "../state/bounds.ts";
import { firstTokens, lastTokens, tokensAtMost } from "../state/tokens.ts";

/**
 * The last `count` messages as the model reads them, as far back as `MAX_TRANSCRIPT_TOKENS` allow. The customer's messages
 * since the last reply are one message, however many bubbles they came in.
 */
export function transcript(
  history: readonly StoredMessage[],
  pending: readonly StoredMessage[],
  count: number,
  images: Images = NONE,
): ModelMessage[] {
  const last = pendingText(pending);
  let room = MAX_TRANSCRIPT_TOKENS - tokensAtMost(last);
  const before: ModelMessage[] = [];
  for (const message of history.slice(Math.max(0, history.length - (count - 1))).toReversed()) {
    const said = firstTokens(wordsOf(message), room);
    if (said === "") break;
    room -= tokensAtMost(said);
    before.unshift({ role: message.direction === "in" ? "user" : "assistant", content: said });
  }
  return [...before, { role: "user", content: seen(last, images) }];
}

/** The words of a message; those of the business are stored as text whatever their kind. */
const wordsOf = (message: StoredMessage): string =>
  message.direction === "in" ? describeMessage(message) : (message.text ?? describeMessage(message));

/** The customer's name in their WhatsApp profile, which is their own text: bounded and on one line. */
export function introduction(name: string | null): ModelMessage[] {
  const line = (name ?? "")
    .replace(/[^\p{L}\p{M}\p{N} .'’-]+/gu, " ")
    .replace(/\s+/g, " ")
    .trim();
  if (line === "") return [];
  return [{ role: "user", content: mark("profile name", [...line].slice(0, NAME_LIMIT).join("")) }];
}

const NAME_LIMIT = 60;

/** The words, and with them the pictures to look at. */
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

/** One 512-pixel tile: a ninth of the tokens of a usual photo (https://platform.openai.com/docs/guides/images-vision). */
const LOW_DETAIL = { openai: { imageDetail: "low" } };

/** Pictures by message id. */
export type Images = ReadonlyMap<string, { bytes: Uint8Array; mimeType: string }>;

const NONE: Images = new Map();

/** True when a message is more than plain text: a picture, a mark, or words that imitate one. */
export const hasMarks = (messages: readonly ModelMessage[]): boolean =>
  messages.some(({ content }) => typeof content !== "string" || hasMark(content) || IMITATED.test(content));

const IMITATED = new RegExp(`[(<{](?:${MARK_KINDS.join("|")})\\b`, "i");

/** The customer's unanswered messages, in order, one per line; cut at the front, since the last ones count. */
export function pendingText(pending: readonly StoredMessage[]): string {
  return lastTokens(pending.map(describeMessage).join("\n"), MAX_PENDING_TOKENS);
}
