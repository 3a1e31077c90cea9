import { z } from "zod";
import type { Found, SearchPage } from "../../../contracts/console/inbox.ts";
import { cleanText } from "../../json/clean.ts";
import { foldText } from "../../language/fold.ts";
import { spellingsOf } from "../../phone/spellings.ts";
import type { SearchPlace, StoredSearchPage } from "../../types/console/inbox.ts";
import { shownRow } from "./row.ts";

const MAX_WORDS = 200;
/** Characters of a message shown around the first word found. */
const EXCERPT = 160;
const BEFORE = 40;

const place = z
  .string()
  .regex(/^[01]_-?\d{1,17}_[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/)
  .transform((text): SearchPlace => {
    const [part = "", at = "", id = ""] = text.split("_");
    return { part, at, id };
  });

/** Body of a search; longer words are cut, not refused: nobody types them. */
export const searchSchema = z.object({
  words: z
    .string()
    .max(10_000)
    .transform((words) => cleanText(words, MAX_WORDS).replaceAll("\n", " ").trim()),
  after: place.nullish().transform((after) => after ?? null),
});

/** Digits that a customer's number may hold, when what was typed looks like a number or a part of one. */
export function phonesIn(words: string): string[] {
  if (!/^[+(\d][\d\s().+/-]*$/.test(words)) return [];
  const digits = words.replace(/\D/g, "").replace(/^0+/, "");
  if (digits.length < 3 || digits.length > 15) return [];
  // Numbers within a country are written with what others leave out; their last eight digits stay.
  const tail = digits.length >= 9 ? [digits.slice(-8)] : [];
  return [...new Set([...spellingsOf(digits), ...tail])];
}

/** A page as pages show it: the words around what was found. */
export const shownSearch = ({ rows, next }: StoredSearchPage, words: string): SearchPage => ({
  rows: rows.map((row) => ({ ...shownRow(row), found: excerptOf(row.found, words) })),
  next,
});

function excerptOf(found: Found["found"], words: string): Found["found"] {
  if (found === null) return null;
  const signs = [...found.text.replace(/\s+/g, " ")];
  // Sign by sign, so that places are the same in both.
  const folded = signs.map((sign) => foldText(sign) || " ");
  const first = firstPlace(folded, words);
  const from = Math.max(0, first - BEFORE);
  const text = signs.slice(from, from + EXCERPT).join("");
  const ends = [from > 0 ? "…" : "", from + EXCERPT < signs.length ? "…" : ""] as const;
  return { ...found, text: ends[0] + text + ends[1] };
}

/** Place of the first sign of the first word found; 0 without one. */
function firstPlace(folded: readonly string[], words: string): number {
  const text = folded.join("");
  const places = foldText(words)
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== "")
    .map((word) => text.indexOf(word))
    .filter((at) => at >= 0);
  const unit = places.length === 0 ? 0 : Math.min(...places);
  let passed = 0;
  return Math.max(
    0,
    folded.findIndex((sign) => {
      passed += sign.length;
      return passed > unit;
    }),
  );
}
