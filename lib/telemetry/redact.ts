/** Longest string that leaves the process in a log line or a span, in characters. */
const MAX_LENGTH = 300;

/** Integers of this size could be phone numbers; milliseconds up to a week stay below. */
const PHONE_SIZED = 1e9;

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** Masking rules in order: earlier ones cover text that later ones would split. */
const RULES: readonly [pattern: RegExp, mask: (found: string) => string][] = [
  [/wamid\.[\w+/=-]+/gi, () => "[wamid]"],
  [/(:\/\/)[^\s/@]+@/g, () => "://[token]@"],
  [/[^\s@<>"[\]]+@[^\s@<>"']+\.[^\s@<>"']+/g, () => "[email]"],
  [/\b(bearer|basic|oauth)\s+[^\s"',;]+/gi, () => "[token]"],
  [/\b(sk|pk|xox[a-z]|whsec|ghp|EAA)[-_]?[A-Za-z0-9_-]{12,}/g, () => "[token]"],
  [/hooks\.slack\.com\/[^\s"']*/gi, () => "hooks.slack.com/[token]"],
  [/\?[^\s"'?]*=[^\s"']*/g, () => "?[query]"],
  [/[A-Za-z0-9_+/=-]{32,}/g, (found) => (UUID.test(found) || !/\p{Nd}/u.test(found) ? found : "[token]")],
  [/\+\p{Nd}[\p{Nd}\s().-]{5,}\p{Nd}/gu, () => "[number]"],
  [/[0-9a-f]+(?:-[0-9a-f]+){4}|\+?\p{Nd}{7,}/giu, (found) => (UUID.test(found) ? found : maskDigits(found))],
];

const maskDigits = (text: string): string => text.replace(/\+?\p{Nd}{7,}/gu, "[number]");

/** Masks phone numbers, message ids, addresses and secrets in a text that is bounded already. */
export function mask(text: string): string {
  let masked = text;
  for (const [pattern, masking] of RULES) masked = masked.replace(pattern, masking);
  return masked;
}

/** Masks phone numbers, message ids, addresses and secrets, and bounds the length to 300 characters. */
export function redact(text: string): string {
  // The cut comes last, so that a secret across the bound is masked whole; the input is bounded to limit the time.
  const short = mask(text.slice(0, MAX_LENGTH * 4));
  return short.length > MAX_LENGTH ? `${short.slice(0, MAX_LENGTH - 1)}…` : short;
}

/** `redact` for numbers: possible phone numbers are masked. */
export function redactNumber(value: number): number | string {
  return Number.isInteger(value) && Math.abs(value) >= PHONE_SIZED ? "[number]" : value;
}
