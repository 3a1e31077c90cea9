import { cleanText } from "./sanitize.ts";

/** An object whose keys are not known; read it with `own`. */
export type Fields = Readonly<Record<string, unknown>>;

/** `value` as an object; an empty one when it is anything else. */
export function fieldsOf(value: unknown): Fields {
  return isObject(value) && !Array.isArray(value) ? value : {};
}

function isObject(value: unknown): value is Fields {
  return typeof value === "object" && value !== null;
}

/** A field that stands in the JSON itself, never one inherited from `Object.prototype`. */
export function own(fields: Fields, key: string): unknown {
  return Object.hasOwn(fields, key) ? fields[key] : undefined;
}

/** `value` as a list; an empty one when it is anything else. */
export function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/** A text that holds at least one character, cleaned and cut to `max`; null otherwise. */
export function textOf(value: unknown, max: number): string | null {
  const text = typeof value === "string" ? cleanText(value, max) : "";
  return text === "" ? null : text;
}

/** An id of Meta's, also when it came as a number; null when it is empty or longer than 512 (a cut id names another thing). */
export function idOf(value: unknown): string | null {
  const id = typeof value === "number" && Number.isSafeInteger(value) ? String(value) : value;
  return typeof id === "string" && id.length <= 512 ? textOf(id, 512) : null;
}

/** A phone number as digits without `+`; null when it is not one. */
export function phoneOf(value: unknown): string | null {
  return /^\+?(\d{1,20})$/.exec(idOf(value) ?? "")?.[1] ?? null;
}

/** A whole number, also when it came as text; null otherwise. */
export function integerOf(value: unknown): number | null {
  const number = typeof value === "string" && /^\d{1,15}$/.test(value) ? Number(value) : value;
  return typeof number === "number" && Number.isSafeInteger(number) ? number : null;
}

const MAX_AHEAD_MS = 5 * 60_000;

/** Meta's unix seconds as epoch milliseconds; `nowMs` when missing, invalid or over 5 minutes ahead of us. */
export function timestampOf(value: unknown, nowMs: number): number {
  const ms = (integerOf(value) ?? 0) * 1_000;
  return ms > 0 && ms <= nowMs + MAX_AHEAD_MS ? ms : nowMs;
}

/** The numeric codes of Meta's `errors` list, at most 16. */
export function errorCodesOf(errors: unknown): number[] {
  return listOf(errors)
    .slice(0, 16)
    .map((error) => integerOf(own(fieldsOf(error), "code")))
    .filter((code) => code !== null);
}

/** A name of Meta's, fit for a log: letters, digits, `_ . -`, at most 64; `(unreadable)` for anything else. */
export function nameOf(value: unknown): string {
  return typeof value === "string" && /^[\w.-]{1,64}$/.test(value) ? value : "(unreadable)";
}
