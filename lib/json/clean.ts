/** Cleans external text, JSON and numbers before they are stored, shown or counted. */
import type { Json } from "../types/json.ts";

const encoder = new TextEncoder();

/** Longest text kept of one message, in UTF-16 units: four times WhatsApp's limit. */
export const MAX_TEXT = 16_384;

/** Largest `content` kept of one message, in bytes of JSON. */
export const MAX_CONTENT_BYTES = 32_768;

/** Line breaks of every system, including form feeds and vertical tabs. */
const BREAK = /\r\n?|[\v\f\u0085]/g;
/** Control characters that could drive a terminal or a log. Joiners, marks and bidi controls belong to scripts and stay. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
const CONTROL = /[\u0000-\u0008\u000e-\u001f\u007f-\u009f]/g;

/**
 * `text` without control characters and lone surrogates, which PostgreSQL or a terminal may not accept. Tabs stay, every
 * line break becomes `\n`. Cut to `max` UTF-16 units, never inside a surrogate pair.
 */
export function cleanText(text: string, max: number): string {
  const whole = text.replace(BREAK, "\n").replace(CONTROL, "");
  const cut = whole.slice(0, max);
  const halved = whole.length > max && /[\uD800-\uDBFF]$/.test(cut);
  return (halved ? cut.slice(0, -1) : cut).toWellFormed();
}

/** Anything that is seen: neither space nor a mark without a shape, such as a joiner alone. */
const VISIBLE = /[^\s\p{Default_Ignorable_Code_Point}\p{Cf}\u2800]/u;

/** True when a text has nothing that anybody could see. */
export const showsNothing = (text: string): boolean => !VISIBLE.test(text);

interface Bounds {
  depth: number;
  entries: number;
  text: number;
}

/** Bounds, tried in turn until the JSON fits. */
const BOUNDS: readonly Bounds[] = [
  { depth: 12, entries: 1_000, text: MAX_TEXT },
  { depth: 8, entries: 100, text: 2_048 },
  { depth: 6, entries: 20, text: 256 },
  { depth: 3, entries: 8, text: 128 },
];

/**
 * Copy of any value, safe as PostgreSQL jsonb and at most `maxBytes` long. A cut value is marked
 * `{ "truncated": true, … }`, with as much of an object as fits, or as much of a list under `items` and its `count`.
 */
export function cleanJson(value: unknown, maxBytes = MAX_CONTENT_BYTES): Json {
  for (const bounds of BOUNDS) {
    const state = { cut: false };
    const clean = copy(value, bounds, bounds.depth, state);
    const whole = state.cut ? markCut(clean, value) : clean;
    if (encoder.encode(JSON.stringify(whole)).byteLength <= maxBytes) return whole;
  }
  return { truncated: true };
}

function markCut(clean: Json, value: unknown): Json {
  if (clean !== null && typeof clean === "object" && !Array.isArray(clean))
    return { ...clean, truncated: true };
  return { truncated: true, items: clean, ...(Array.isArray(value) && { count: value.length }) };
}

function copy(value: unknown, bounds: Bounds, depth: number, state: { cut: boolean }): Json {
  if (typeof value === "string") {
    state.cut ||= value.length > bounds.text;
    return cleanText(value, bounds.text);
  }
  if (typeof value === "boolean") return value;
  if (typeof value === "number") return Number.isFinite(value) ? value : null;
  if (typeof value !== "object" || value === null) return null;
  if (depth === 0) {
    state.cut = true;
    return null;
  }
  const whole = Array.isArray(value) ? value : Object.keys(value);
  state.cut ||= whole.length > bounds.entries;
  if (Array.isArray(value)) {
    return Array.from(value.slice(0, bounds.entries), (item) => copy(item, bounds, depth - 1, state));
  }
  // Drops undefined fields, as JSON.stringify does.
  const kept = Object.entries(value)
    .filter(([, item]) => item !== undefined)
    .slice(0, bounds.entries);
  return Object.fromEntries(
    kept
      // Harmless here, but a later key-by-key assignment would change the prototype.
      .filter(([key]) => key !== "__proto__")
      .map(([key, item]) => [cleanText(key, 256), copy(item, bounds, depth - 1, state)]),
  );
}

/** The largest value of PostgreSQL's `integer`. */
export const MAX_INTEGER = 2_147_483_647;

/** `value` rounded to a whole number within the bounds; null when it is not a number. */
export function boundedInteger(value: unknown, bounds: { min?: number; max?: number } = {}): number | null {
  const { min = 0, max = MAX_INTEGER } = bounds;
  if (typeof value !== "number" || Number.isNaN(value)) return null;
  return Math.min(Math.max(Math.round(value), min), max);
}
