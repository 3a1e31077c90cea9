import { cleanText } from "../../../json/clean.ts";
import { aroundOf } from "./around.ts";
import { cut, oneLine, roundBrackets, shorten } from "./brackets.ts";
import { type Described, kindOf } from "./kinds.ts";
import { isUnread } from "./unread.ts";

/** The longest description, in UTF-16 units: half for the message itself, half for what was heard or read in it. */
export const MAX_DESCRIPTION = 4_000;

const HALF = MAX_DESCRIPTION / 2;

/**
 * What the model reads of a message of any type: what it is, in brackets and on one line, and the person's own words, in
 * which brackets are round, so that nobody can write our marks.
 */
export function describeMessage(message: Described): string {
  const words = roundBrackets(message.text ?? "");
  const reading = readingOf(message);
  // However much there is to say of an order, it leaves room for what the person wrote with it.
  const head = shorten(
    [...aroundOf(message), kindOf(message)].filter(Boolean).join(" "),
    words ? HALF / 2 : HALF,
  );
  const room = Math.max(0, HALF - (head ? head.length + 1 : 0));
  // A caption under what was read begins a line of its own.
  const parts = [[head, reading].filter(Boolean).join(" "), cleanText(words, room)].filter(Boolean);
  return parts.join(reading ? "\n" : " ") || "[empty message]";
}

/** A voice note is the person's own words; of a document only the beginning, and on one line. */
function readingOf({ type, reading }: Described): string {
  const said = (reading ?? "").trim();
  if (isUnread(said)) return said;
  return cut(type === "audio" || type === "voice" ? roundBrackets(said) : oneLine(said, HALF * 4), HALF - 2);
}
