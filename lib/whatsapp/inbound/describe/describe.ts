import { MAX_TEXT } from "../../../json/clean.ts";
import { unmarkedKept } from "../../../language/ends.ts";
import { mark, unmarked } from "../../../language/marks.ts";
import { aroundOf } from "./around.ts";
import { type Described, kindOf } from "./kinds.ts";
import { unreadMark } from "./unread.ts";

/**
 * Text of a message of any type for the model: its marks on one line, then the customer's own words, whose brackets become
 * round so that nobody can forge a mark. Nothing that was stored is left out; the transcript bounds it.
 */
export function describeMessage(message: Described): string {
  const words = unmarked((message.text ?? "").slice(0, MAX_TEXT));
  const reading = readingOf(message);
  const head = [...aroundOf(message), kindOf(message)].filter(Boolean).join(" ");
  // A caption after a reading starts a new line.
  const parts = [[head, reading].filter(Boolean).join(" "), words].filter(Boolean);
  return parts.join(reading ? "\n" : " ") || mark("empty message");
}

/** Reading of a message: a voice note is the customer's own words; a document stands on one line. */
function readingOf({ type, reading }: Described): string {
  const said = (reading ?? "").trim();
  const isSound = type === "audio" || type === "voice";
  return unreadMark(said) ?? unmarkedKept(isSound ? said : said.replace(/\s+/g, " "));
}
