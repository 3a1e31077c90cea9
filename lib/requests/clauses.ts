import { foldText } from "../language/fold.ts";
import { respell } from "./spelling.ts";

/** A message cut into clauses, each in lower case without accents, its words spelt as meant and one space apart. */
export interface Said {
  clauses: readonly string[];
  /** True when part of it stands in quotation marks: somebody else's words, or a label. */
  quotes: boolean;
  /** True when it asks something. */
  asks: boolean;
}

/** Longer texts usually say more than one thing. */
export const LONGEST = 300;
const QUOTED = /["“”«»„][^"“”«»„]{1,300}["“”«»„]/g;

/** The clauses of a message; null when it is too long for a decision by words. */
export function clausesOf(text: string): Said | null {
  if (text.trim().length > LONGEST) return null;
  const whole = text.normalize("NFKC").trim();
  const outside = whole.replace(QUOTED, " ");
  const quotes = outside !== whole && /\p{L}/u.test(outside);
  const clauses = foldText(quotes ? outside : whole)
    .replace(/['’`´]/g, "")
    .replace(/(\p{L})\1{2,}/gu, "$1")
    // Anything but words and hyphens ends a clause: punctuation, a line's end, an emoji.
    .split(/[^\p{L}\p{N}\- ]+/u)
    .map((clause) => (clause.match(/[\p{L}\p{N}]+/gu) ?? []).map(respell).join(" "))
    .filter((clause) => clause !== "");
  return { clauses, quotes, asks: /[?¿]/.test(whole) };
}

/** A regular expression for any of these patterns at the start of a clause, with the space behind it. */
export const atStart = (patterns: readonly string[]): RegExp =>
  new RegExp(`^(?:${patterns.join("|")})(?: |$)`);

/** The same at the end of a clause, with the space before it. */
export const atEnd = (patterns: readonly string[]): RegExp => new RegExp(`(?:^| )(?:${patterns.join("|")})$`);

/** Any of these patterns as a whole clause. */
export const whole = (patterns: readonly string[]): RegExp => new RegExp(`^(?:${patterns.join("|")})$`);

/** Any of these patterns somewhere in a clause. */
export const within = (patterns: readonly string[]): RegExp =>
  new RegExp(`(?:^| )(?:${patterns.join("|")})(?= |$)`);

/** Takes what matches from one end of a clause, again and again. */
export const strip = (clause: string, pattern: RegExp): string => strips(clause, pattern).at(-1) ?? clause;

/** The clause, and what is left of it after each time that what matches is taken from one end. */
export function strips(clause: string, pattern: RegExp): string[] {
  const left = [clause];
  for (;;) {
    const last = left.at(-1) ?? "";
    const shorter = last.replace(pattern, "");
    if (shorter === last) return left;
    left.push(shorter);
  }
}
