import { cleanText, MAX_INTEGER } from "./clean.ts";

/** An object whose keys are not known; read it with `own`. */
export type Fields = Readonly<Record<string, unknown>>;

/** `value` as an object; an empty one when it is anything else. */
export function fieldsOf(value: unknown): Fields {
  return isObject(value) && !Array.isArray(value) ? value : {};
}

function isObject(value: unknown): value is Fields {
  return typeof value === "object" && value !== null;
}

/** What a JSON text says; undefined when it is none. */
export function parseJson(text: string | null): unknown {
  try {
    return text === null ? undefined : JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** A field that stands in the JSON itself, never one inherited from `Object.prototype`. */
export function own(fields: Fields, key: string): unknown {
  return Object.hasOwn(fields, key) ? fields[key] : undefined;
}

/** `value` as a list, also when it came as an object by index or as its only item; empty when it is anything else. */
export function listOf(value: unknown): readonly unknown[] {
  if (Array.isArray(value)) return value;
  const fields = fieldsOf(value);
  const keys = Object.keys(fields);
  if (keys.length === 0) return [];
  return keys.every((key) => /^\d{1,6}$/.test(key)) ? Object.values(fields) : [fields];
}

/** A text of at least one character, also when it came as a number, cleaned and cut to `max`; null otherwise. */
export function textOf(value: unknown, max: number): string | null {
  const given = typeof value === "number" && Number.isFinite(value) ? String(value) : value;
  const text = typeof given === "string" ? cleanText(given, max) : "";
  return text === "" ? null : text;
}

/** As `textOf`, on one line: a name, which stands in lists and logs beside others. */
export function lineOf(value: unknown, max: number): string | null {
  return textOf(value, max)?.replace(/\s+/g, " ").trim() || null;
}

/** An id of Meta's, also when it came as a number; null when it is empty or longer than 512 (a cut id names another thing). */
export function idOf(value: unknown): string | null {
  const id = typeof value === "number" && Number.isSafeInteger(value) ? String(value) : value;
  return typeof id === "string" && id.length <= 512 ? textOf(id, 512) : null;
}

/** A phone number as digits, without `+` and what people write between digits; null when it is not one. */
export function phoneOf(value: unknown): string | null {
  return /^\+?(\d{1,20})$/.exec((idOf(value) ?? "").replace(/[\s().-]/g, ""))?.[1] ?? null;
}

/** A whole number, also when it came as text; null otherwise. */
function integerOf(value: unknown): number | null {
  const number = typeof value === "string" && /^\d{1,15}$/.test(value) ? Number(value) : value;
  return typeof number === "number" && Number.isSafeInteger(number) ? number : null;
}

const MAX_AHEAD_MS = 5 * 60_000;
/** As seconds this is the year 5138, as milliseconds 1973: before it are seconds, behind it milliseconds. */
const FIRST_MS = 100_000_000_000;

/** A time of Meta's (unix seconds, in places milliseconds) as epoch milliseconds; null when it cannot be, or is over 5 minutes ahead. */
export function momentOf(value: unknown, nowMs: number): number | null {
  const number = integerOf(value) ?? 0;
  const ms = number < FIRST_MS ? number * 1_000 : number;
  return ms > 0 && ms <= nowMs + MAX_AHEAD_MS ? ms : null;
}

/** As `momentOf`; `nowMs` where that is null. */
export function timestampOf(value: unknown, nowMs: number): number {
  return momentOf(value, nowMs) ?? nowMs;
}

/** Meta's error code in an error of theirs; null when there is none, or one that no column holds. */
export function metaCodeOf(error: unknown): number | null {
  const code = integerOf(own(fieldsOf(error), "code"));
  return code !== null && code >= 0 && code <= MAX_INTEGER ? code : null;
}

/** The numeric codes of Meta's `errors` list, at most 16. */
export function metaCodesOf(errors: unknown): number[] {
  return listOf(errors)
    .slice(0, 16)
    .map(metaCodeOf)
    .filter((code) => code !== null);
}

/** A name of Meta's, fit for a log: letters, digits, `_ . -`, at most 64; null for anything else. */
export function plainNameOf(value: unknown): string | null {
  return typeof value === "string" && /^[\w.-]{1,64}$/.test(value) ? value : null;
}

/** As `plainNameOf`; `(unreadable)` where that is null. */
export function nameOf(value: unknown): string {
  return plainNameOf(value) ?? "(unreadable)";
}
