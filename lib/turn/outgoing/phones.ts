import { CUE, otherNumbers } from "./numbers.ts";
import type { Seen } from "./seen.ts";

/** A phone number, by positions in `Seen`. */
export interface Phone {
  start: number;
  end: number;
  digits: string;
}

const LEAST_DIGITS = 7;
const MOST_DIGITS = 15;

/** Between two digits of one number; the loose form only behind a cue, since lists look like it too. */
const TIGHT = "[ \\t().\\-/·•‐-―]{0,2}";
const LOOSE = "[ \\t().\\-/·•‐-―:,;]{0,4}";
const digitsBy = (between: string) => new RegExp(`(?<!\\d)(?:\\+ ?)?\\(?\\d(?:${between}\\d){6,24}`, "gu");
const PATTERNS = [
  { pattern: digitsBy(LOOSE), behindCue: true },
  { pattern: digitsBy(TIGHT), behindCue: false },
];

/** Every phone number of 7 digits and more, however grouped; no dates, sums, order numbers and the like. */
export function phonesIn({ text }: Seen): Phone[] {
  let rest = otherNumbers(text);
  const found: Phone[] = [];
  for (const { pattern, behindCue } of PATTERNS) {
    rest = rest.replace(pattern, (match: string, start: number, all: string) => {
      if (!isPhone(match) || (behindCue && !CUE.test(all.slice(Math.max(0, start - 32), start))))
        return match;
      found.push({ start, end: start + match.length, digits: match.replace(/\D/g, "") });
      return "\uE000".repeat(match.length);
    });
  }
  return found.sort((one, other) => one.start - other.start);
}

/** Sizes and hours ("36 38 40 42", "9-13 15-19") have no group of three digits. */
function isPhone(match: string): boolean {
  const groups = match.match(/\d+/g) ?? [];
  const all = (digits: number) => groups.every((group) => group.length === digits);
  return (
    match.startsWith("+") ||
    groups.some((group) => group.length >= 3) ||
    (groups.length >= 4 && (groups[0] ?? "").startsWith("0") && all(2)) ||
    all(1)
  );
}

/** Every number that the company's text can be read as: any consecutive groups of digits. */
export function knownPhonesIn({ text }: Seen): string[] {
  return [...text.matchAll(/\d(?:[ \t().\-/·•‐-―|+]{0,3}\d){6,60}/gu)].flatMap(({ 0: match }) => {
    const groups = (match.match(/\d+/g) ?? []).slice(0, 16);
    return groups.flatMap((_, from) =>
      groups
        .slice(from)
        .map((_, more) => groups.slice(from, from + more + 1).join(""))
        .filter(({ length }) => length >= LEAST_DIGITS && length <= MOST_DIGITS),
    );
  });
}

/** True for a known number, with or without its prefix (`+51`, `00 51`, `0`). */
export function isKnownPhone(digits: string, known: Iterable<string>): boolean {
  const asked = digits.replace(/^0+/, "");
  for (const each of known) {
    const own = each.replace(/^0+/, "");
    if (own.length < LEAST_DIGITS) continue;
    if (asked === own || (asked.length >= LEAST_DIGITS && own.endsWith(asked))) return true;
    // A premium prefix makes it another number.
    if (asked.endsWith(own) && asked.length - own.length <= 3 && !/^1?90/.test(asked)) return true;
  }
  return false;
}
