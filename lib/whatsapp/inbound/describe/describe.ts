import { cleanText } from "../../../json/clean.ts";
import { mark, unmarked } from "../../../language/marks.ts";
import { aroundOf } from "./around.ts";
import { cut, oneLine, shorten } from "./brackets.ts";
import { type Described, kindOf } from "./kinds.ts";
import { unreadMark } from "./unread.ts";

/** Longest description, in UTF-16 units: half for the message itself, half for its reading. */
export const MAX_DESCRIPTION = 4_000;

const HALF = MAX_DESCRIPTION / 2;

/**
 * Text of a message of any type for the model: its marks on one line, then the customer's own words, whose brackets become
 * round so that nobody can forge a mark.
 */
export function describeMessage(message: Described): string {
  const words = unmarked(message.text ?? "");
  const reading = readingOf(message);
  // A long order leaves room for the customer's own words.
  const head = shorten(
    [...aroundOf(message), kindOf(message)].filter(Boolean).join(" "),
    words ? HALF / 2 : HALF,
  );
  const room = Math.max(0, HALF - (head ? head.length + 1 : 0));
  // A caption after a reading starts a new line.
  const parts = [[head, reading].filter(Boolean).join(" "), cleanText(words, room)].filter(Boolean);
  return parts.join(reading ? "\n" : " ") || mark("empty message");
}

/** Reading of a message: a voice note is the customer's own words; a document gives only its beginning, on one line. */
function readingOf({ type, reading }: Described): string {
  const said = (reading ?? "").trim();
  return (
    unreadMark(said) ??
    cut(type === "audio" || type === "voice" ? unmarked(said) : oneLine(said, HALF * 4), HALF - 2)
  );
}
