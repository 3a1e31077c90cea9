import type { ModelMessage, UserContent } from "ai";
import { leftOut } from "../../language/ends.ts";
import { hasMark, MARK_KINDS, mark } from "../../language/marks.ts";
import type { StoredMessage } from "../../types/conversation.ts";
import { describeMessage } from "../../whatsapp/inbound/describe/describe.ts";
import {
  LEAST_MESSAGE_TOKENS,
  MAX_HISTORY_MESSAGE_TOKENS,
  MAX_HISTORY_TOKENS,
  REPLY_ROOM,
  type Room,
} from "../state/bounds.ts";
import { fairShare, tokensAtMost, withinTokens } from "../state/tokens.ts";

/**
 * The last `count` messages as the model reads them, as far back as the room allows: of a long one the beginning and the end.
 * The customer's messages since the last reply are one message, however many bubbles they came in.
 */
export function transcript(
  history: readonly StoredMessage[],
  pending: readonly StoredMessage[],
  count: number,
  { images = NONE, room = REPLY_ROOM }: { images?: Images; room?: Room } = {},
): ModelMessage[] {
  const last = pendingText(pending, room.pending);
  let left = Math.min(MAX_HISTORY_TOKENS, room.all - tokensAtMost(last));
  const before: ModelMessage[] = [];
  for (const message of history.slice(Math.max(0, history.length - (count - 1))).toReversed()) {
    if (left < LEAST_MESSAGE_TOKENS) break;
    const said = withinTokens(wordsOf(message), Math.min(left, MAX_HISTORY_MESSAGE_TOKENS));
    if (said === "") break;
    left -= tokensAtMost(said);
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

/** What an operator who gave the conversation back wants the bot to know, bounded and on one line. */
export function colleagueNote(note: string | null): ModelMessage[] {
  const line = (note ?? "").replace(/\s+/g, " ").trim();
  if (line === "") return [];
  return [{ role: "user", content: mark("note from a colleague", withinTokens(line, NOTE_TOKENS)) }];
}

const NOTE_TOKENS = 400;

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

/**
 * The customer's unanswered messages, in order, one per line, within `max` tokens: of the longest the beginning and the end,
 * of very many the newest.
 */
export function pendingText(pending: readonly StoredMessage[], max = REPLY_ROOM.pending): string {
  const told = pending.map(describeMessage);
  const sizes = told.map((text) => tokensAtMost(text) + LINE_BREAK);
  const first = firstShown(sizes, max);
  const earlier = first > 0 ? [leftOut(`${first.toLocaleString("en-US")} earlier messages`)] : [];
  const share = fairShare(sizes.slice(first), first > 0 ? max - EARLIER_TOKENS : max);
  const shown = told.slice(first).map((text) => withinTokens(text, share - LINE_BREAK));
  return [...earlier, ...shown].join("\n");
}

const LINE_BREAK = 1;
/** Of the mark for messages left out. */
const EARLIER_TOKENS = 50;

/** The first message that is shown, so that each of these has `LEAST_MESSAGE_TOKENS` or all it needs. */
function firstShown(sizes: readonly number[], max: number): number {
  let needed = sizes.reduce((sum, size) => sum + Math.min(size, LEAST_MESSAGE_TOKENS), 0);
  if (needed <= max) return 0;
  let first = 0;
  while (needed > max - EARLIER_TOKENS && first < sizes.length - 1)
    needed -= Math.min(sizes[first++] ?? 0, LEAST_MESSAGE_TOKENS);
  return first;
}

/** Words of our last message; null when there is none. */
export const ourLast = (history: readonly StoredMessage[]): string | null =>
  history.findLast(({ direction }) => direction === "out")?.text ?? null;
