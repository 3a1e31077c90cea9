import { foldText } from "../../lib/language/fold.ts";

/** Each letter's neighbours on a keyboard. */
const NEAR: Readonly<Record<string, string>> = {
  ...{ q: "wa", w: "qes", e: "wrd", r: "etf", t: "ryg", y: "tuh", u: "yij", i: "uok", o: "ipl", p: "ol" },
  ...{ a: "sqz", s: "adw", d: "sfe", f: "dgr", g: "fht", h: "gjy", j: "hku", k: "jli", l: "ko" },
  ...{ z: "xa", x: "zc", c: "xv", v: "cb", b: "vn", n: "bm", m: "n" },
};

/** Spellings that sound alike. */
const ALIKE: readonly [RegExp, string][] = [
  [/ll/g, "y"],
  [/v/g, "b"],
  [/b/g, "v"],
  [/z/g, "s"],
  [/c(?=[ei])/g, "s"],
  [/h/g, ""],
  [/qu(?=[ei])/g, "k"],
  [/s\b/g, ""],
  [/ss/g, "s"],
  [/j/g, "g"],
];

const SLIPS = 0.12;
const BY_EAR = 0.04;

/** A text as it is typed in a hurry: without accents, some words misspelt. `next`: numbers from 0 to under 1. */
export const typed = (text: string, next: () => number): string =>
  foldText(text)
    .split(" ")
    .map((word) => {
      const slipped = next() < SLIPS ? slip(word, next) : word;
      const [spelling, sound] = next() < BY_EAR ? pick(ALIKE, next) : [];
      return spelling && sound !== undefined ? slipped.replace(spelling, sound) : slipped;
    })
    .join(" ");

/** The word with a letter left out, doubled, swapped or hit beside. */
function slip(word: string, next: () => number): string {
  if (word.length < 4) return word;
  const at = 1 + Math.floor(next() * (word.length - 1));
  const kind = next();
  const [before, letter = "", after] = [word.slice(0, at), word[at], word.slice(at + 1)];
  if (kind < 0.3) return before + after;
  if (kind < 0.55 && after) return before + after.charAt(0) + letter + after.slice(1);
  if (kind < 0.7) return before + letter + letter + after;
  const near = NEAR[letter];
  return near ? before + near.charAt(Math.floor(next() * near.length)) + after : word;
}

/** One of these. */
export function pick<T>(items: readonly T[], next: () => number): T {
  const item = items[Math.floor(next() * items.length)];
  if (item === undefined) throw new Error("nothing to pick from");
  return item;
}
