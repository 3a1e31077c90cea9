import { mark, unmarked } from "./marks.ts";

/** Mark for what stands between the beginning and the end of a text that was too long. */
export const leftOut = (what: string): string => mark("left out", what);

const LEFT_OUT = /(【left out: [a-z0-9, ]{1,60}】)/;

/** `unmarked`, except that marks of `leftOut` stay: for text that went through `keepEnds` after `unmarked`. */
export const unmarkedKept = (text: string): string =>
  text
    .split(LEFT_OUT)
    .map((part, index) => (index % 2 === 1 ? part : unmarked(part)))
    .join("");

/** Size of a text, in any unit of at most two characters; a longer text is no smaller. */
type Size = (text: string) => number;

/** Two texts with something between them that is not at hand. */
export interface Ends {
  beginning: string;
  end: string;
  /** Characters between them. */
  between: number;
}

/**
 * The text, or if it is larger than `max` its beginning and its end with a mark between that says how much was left out.
 * Cuts between words where there are any, never inside a character; a mark of ours is closed or left out.
 */
export function keepEnds(text: string, max: number, size: Size = lengthOf): string {
  if (size(text) <= max) return text;
  return cutEnds({ beginning: text, end: text, between: -text.length }, max, size);
}

/** As `keepEnds`, for a text of which the middle was never read. */
export function cutEnds({ beginning, end, between }: Ends, max: number, size: Size = lengthOf): string {
  const widest = size(`${MIDDLE_OF_MARK}${gap(beginning + end, between)}`);
  const room = Math.floor((max - widest) / 2);
  if (room < size("."))
    return beforeMark(beginning.slice(0, wordBefore(beginning, longestFitting(beginning, max, size))));
  const from = wordBefore(beginning, longestFitting(beginning, room, size));
  const last =
    end.length - longestFitting(end, room, size, (text, length) => text.slice(text.length - length));
  const to = outsideMark(end, wordAfter(end, last));
  // Two sides of one text overlap by all of it.
  const cut = between < 0 ? beginning.slice(from, to) : beginning.slice(from) + end.slice(0, to);
  return `${closed(beginning.slice(0, from).trimEnd())}${gap(cut, between)}${end.slice(to).trimStart()}`;
}

const lengthOf: Size = ({ length }) => length;

/** The mark for a stretch that is cut out, and with it what was left out of that before. */
function gap(cut: string, between: number): string {
  const counts = new Map([["characters", cut.length + Math.max(between, 0)]]);
  for (const [, count = "", unit = ""] of cut.matchAll(/【left out: ([\d,]{1,20}) (characters|pages)/g))
    counts.set(unit, (counts.get(unit) ?? 0) + Number(count.replaceAll(",", "")));
  const said = [...counts].map(([unit, count]) => `${count.toLocaleString("en-US")} ${unit}`);
  return ` ${leftOut(said.join(" and "))} `;
}

const endsInMark = (text: string): boolean => text.lastIndexOf("【") > text.lastIndexOf("】");

/** Closes a mark that the cut has opened. */
const MIDDLE_OF_MARK = "…】";
const closed = (beginning: string): string =>
  endsInMark(beginning) ? `${beginning}${MIDDLE_OF_MARK}` : beginning;

/** Leaves out a mark that the cut has opened, where there is no room to close it. */
const beforeMark = (beginning: string): string =>
  endsInMark(beginning) ? beginning.slice(0, beginning.lastIndexOf("【")) : beginning;

/** Where the rest of the text holds no end of a mark that began before. */
function outsideMark(text: string, from: number): number {
  const [open, close] = [text.indexOf("【", from), text.indexOf("】", from)];
  return close >= 0 && (open < 0 || close < open) ? close + 1 : from;
}

/** The longest length of which the part of that length, by default the beginning, is at most `max`. */
export function longestFitting(
  text: string,
  max: number,
  size: Size,
  part: (text: string, length: number) => string = (whole, length) => whole.slice(0, length),
): number {
  let [fits, most] = [0, Math.min(text.length, 2 * max + 1)];
  while (fits < most) {
    const middle = Math.ceil((fits + most) / 2);
    if (size(part(text, middle)) <= max) fits = middle;
    else most = middle - 1;
  }
  return fits;
}

/** Longest word that a cut goes around. */
const WORD = 40;
const characters = new Intl.Segmenter("en", { granularity: "grapheme" });

/** The last end of a word at or before `at`, else of a character. */
function wordBefore(text: string, at: number): number {
  if (at >= text.length) return text.length;
  const start = Math.max(0, at - WORD);
  const space = text.slice(start, at + 1).search(/\s\S*$/);
  return space > 0 ? start + space : characterAt(text, at).start;
}

/** The first beginning of a word at or after `at`, else of a character. */
function wordAfter(text: string, at: number): number {
  if (at <= 0) return 0;
  const space = text.slice(at - 1, at + WORD).search(/\s/);
  if (space >= 0) return at + space;
  const { start, end } = characterAt(text, at);
  return start === at ? at : end;
}

/** The character that holds this place. */
function characterAt(text: string, at: number): { start: number; end: number } {
  const from = Math.max(0, at - WORD);
  const found = characters.segment(text.slice(from, at + WORD)).containing(at - from);
  if (!found) return { start: at, end: at };
  return { start: from + found.index, end: from + found.index + found.segment.length };
}
