import { cleanText, MAX_INTEGER } from "./clean.ts";

/** An object with unknown keys; read it with `fieldOf`. */
export type Fields = Readonly<Record<string, unknown>>;

/** `value` as an object; empty for anything else. */
export function fieldsOf(value: unknown): Fields {
  return isObject(value) && !Array.isArray(value) ? value : {};
}

function isObject(value: unknown): value is Fields {
  return typeof value === "object" && value !== null;
}

/** Value of a JSON text; undefined when it is invalid. */
export function parseJson(text: string | null): unknown {
  try {
    return text === null ? undefined : JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** The object's own field, never one inherited from `Object.prototype`. */
export function fieldOf(fields: Fields, key: string): unknown {
  return Object.hasOwn(fields, key) ? fields[key] : undefined;
}

/** `value` as a list; also accepts an object by index or a lone object. Empty for anything else. */
export function listOf(value: unknown): readonly unknown[] {
  if (Array.isArray(value)) return value;
  const fields = fieldsOf(value);
  const keys = Object.keys(fields);
  if (keys.length === 0) return [];
  return keys.every((key) => /^\d{1,6}$/.test(key)) ? Object.values(fields) : [fields];
}

/** A number, also written as a text; NaN for anything else: a list may be nested too deeply to be turned into one. */
export function numberOf(value: unknown): number {
  return typeof value === "number" || (typeof value === "string" && value.length <= MAX_DIGITS)
    ? Number(value)
    : Number.NaN;
}

/** Characters of a number written as a text. */
const MAX_DIGITS = 40;

/** A non-empty text, cleaned and cut to `max`; also accepts a number. Null otherwise. */
export function textOf(value: unknown, max: number): string | null {
  const given = typeof value === "number" && Number.isFinite(value) ? String(value) : value;
  const text = typeof given === "string" ? cleanText(given, max) : "";
  return text === "" ? null : text;
}

/** As `textOf`, on one line; for names in lists and logs. */
export function lineOf(value: unknown, max: number): string | null {
  return textOf(value, max)?.replace(/\s+/g, " ").trim() || null;
}

/** One of Meta's ids; also accepts a number. Null when empty or over 512 characters, because a cut id is a different id. */
export function idOf(value: unknown): string | null {
  const id = typeof value === "number" && Number.isSafeInteger(value) ? String(value) : value;
  return typeof id === "string" && id.length <= 512 ? textOf(id, 512) : null;
}

/** A phone number as digits, without `+` and separators; null when it is not one. */
export function phoneOf(value: unknown): string | null {
  return /^\+?(\d{1,20})$/.exec((idOf(value) ?? "").replace(/[\s().-]/g, ""))?.[1] ?? null;
}

/** A whole number, also as text; null otherwise. */
function integerOf(value: unknown): number | null {
  const number = typeof value === "string" && /^\d{1,15}$/.test(value) ? Number(value) : value;
  return typeof number === "number" && Number.isSafeInteger(number) ? number : null;
}

const MAX_AHEAD_MS = 5 * 60_000;
/** Smaller values are seconds, larger ones milliseconds: this is the year 5138 in seconds, 1973 in milliseconds. */
const FIRST_MS = 100_000_000_000;

/** One of Meta's times (unix seconds, sometimes milliseconds) as epoch milliseconds; null when invalid or over 5 minutes ahead. */
export function momentOf(value: unknown, nowMs: number): number | null {
  const number = integerOf(value) ?? 0;
  const ms = number < FIRST_MS ? number * 1_000 : number;
  return ms > 0 && ms <= nowMs + MAX_AHEAD_MS ? ms : null;
}

/** As `momentOf`; `nowMs` where that is null. */
export function timestampOf(value: unknown, nowMs: number): number {
  return momentOf(value, nowMs) ?? nowMs;
}

/** Meta code of an error object; null when absent or too large for a column. */
export function metaCodeOf(error: unknown): number | null {
  const code = integerOf(fieldOf(fieldsOf(error), "code"));
  return code !== null && code >= 0 && code <= MAX_INTEGER ? code : null;
}

/** Meta codes of an `errors` list, at most 16. */
export function metaCodesOf(errors: unknown): number[] {
  return listOf(errors)
    .slice(0, 16)
    .map(metaCodeOf)
    .filter((code) => code !== null);
}

/** One of Meta's names, safe for a log: at most 64 letters, digits, `_ . -`; null for anything else. */
export function plainNameOf(value: unknown): string | null {
  return typeof value === "string" && /^[\w.-]{1,64}$/.test(value) ? value : null;
}

/** As `plainNameOf`; `(unreadable)` where that is null. */
export function nameOf(value: unknown): string {
  return plainNameOf(value) ?? "(unreadable)";
}
