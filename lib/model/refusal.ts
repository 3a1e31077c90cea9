import { APICallError, InvalidResponseDataError } from "ai";
import { retryAfterMs } from "../http/retry-after.ts";
import { boundedInteger } from "../json/clean.ts";
import { fieldOf, fieldsOf, listOf, numberOf, parseJson } from "../json/lenient.ts";

/** How a model service declined a call, or how the call broke off. */
export interface Refusal {
  /** HTTP status; null when the connection failed. A refusal that came as a 200 has the status it names, else 400. */
  status: number | null;
  /** True when a success came that could not be read: it broke off, or is no completion. It may be billed. */
  broken: boolean;
  /** The parameter that the service names, in lower case; often empty. */
  param: string;
  /** All that it says about the reason, in lower case. */
  text: string;
  /** Wait that the service asks for. */
  retryAfterMs: number | null;
}

/** More is somebody's text, or a page. */
const MAX_BODY = 20_000;
const MAX_TEXT = 2_000;

/** The refusal behind an error of the AI SDK; null for an error of another kind, such as an ended deadline. */
export function refusalOf(error: unknown, nowMs: number): Refusal | null {
  // A completion without choices.
  if (InvalidResponseDataError.isInstance(error)) return { ...NOTHING_SAID, status: 200, broken: true };
  if (!APICallError.isInstance(error) || isAbort(error.cause)) return null;
  const { statusCode: status, responseBody = "", responseHeaders: headers = {} } = error;
  const body = responseBody.slice(0, MAX_BODY);
  const parsed = parseJson(body);
  const said = parsed === undefined ? [body] : wordsIn(parsed);
  const text = said.join("\n").slice(0, MAX_TEXT).toLowerCase();
  const succeeded = status !== undefined && status < 300;
  const told = succeeded ? statusIn(parsed) : null;
  return {
    status: told ?? status ?? null,
    broken: succeeded && told === null,
    param: paramIn(parsed).toLowerCase(),
    text,
    retryAfterMs: askedMs(headers, nowMs) ?? hintedMs(text),
  };
}

const NOTHING_SAID: Pick<Refusal, "param" | "text" | "retryAfterMs"> = {
  param: "",
  text: "",
  retryAfterMs: null,
};

const isAbort = (cause: unknown): boolean =>
  cause instanceof Error && (cause.name === "AbortError" || cause.name === "TimeoutError");

/** Fields that hold the service's own words. Others repeat the request, and with it the customer's. */
const SPOKEN = new Set(
  "error errors message msg detail details code type param loc status reason raw metadata retrydelay".split(
    " ",
  ),
);
const MAX_DEPTH = 6;
const MAX_WORDS = 100;

/** The service's own words anywhere in a body, in order; a path such as `["body", "max_tokens"]` as `body.max_tokens`. */
function wordsIn(body: unknown): string[] {
  const words: string[] = [];
  const visit = (value: unknown, depth: number): void => {
    if (words.length >= MAX_WORDS || depth > MAX_DEPTH) return;
    if (typeof value === "string" || typeof value === "number") words.push(String(value));
    else if (Array.isArray(value) && value.every((item) => typeof item !== "object"))
      words.push(value.join("."));
    else if (Array.isArray(value)) for (const item of value) visit(item, depth + 1);
    else
      for (const [key, inner] of Object.entries(fieldsOf(value)))
        if (SPOKEN.has(key.toLowerCase())) visit(inner, depth + 1);
  };
  visit(body, 0);
  return words;
}

const errorIn = (body: unknown) => fieldsOf(fieldOf(fieldsOf(listOf(body)[0]), "error"));

function paramIn(body: unknown): string {
  const param = fieldOf(errorIn(body), "param") ?? fieldOf(fieldsOf(body), "param");
  return typeof param === "string" ? param : "";
}

/** Gateways report a refusal under a 200: the status that its error names, 400 without one, null without an error. */
function statusIn(body: unknown): number | null {
  const error = fieldOf(fieldsOf(body), "error");
  if (error === undefined || error === null) return null;
  const code = numberOf(fieldOf(errorIn(body), "code"));
  return Number.isInteger(code) && code >= 400 && code <= 599 ? code : 400;
}

function askedMs(headers: Record<string, string>, nowMs: number): number | null {
  const exact = headers["retry-after-ms"];
  if (exact !== undefined && /^\d+(\.\d+)?$/.test(exact)) return boundedInteger(Number(exact));
  return retryAfterMs(headers["retry-after"], nowMs);
}

/** "Please try again in 1.2s", "retry after 10 seconds", "try again in 6m0s". */
const HINT =
  /(?:try again|retry|retry-after|wait)(?: in| after| for)?[ :]{1,2}(?:(\d{1,4})m)?(\d{1,6}(?:\.\d{1,9})?) ?(ms|milliseconds?|s\b|secs?|seconds?|minutes?|m\b)?/;

function hintedMs(text: string): number | null {
  const [found, minutes = "0", amount = "", unit = "s"] = HINT.exec(text) ?? lastDelay(text) ?? [];
  if (found === undefined) return null;
  const unitMs =
    unit.startsWith("ms") || unit.startsWith("milli") ? 1 : unit.startsWith("m") ? 60_000 : 1_000;
  return boundedInteger(Number(minutes) * 60_000 + Number(amount) * unitMs);
}

/** Google's `RetryInfo` names a bare duration on a line of its own. */
const lastDelay = (text: string) => /^()(\d{1,6}(?:\.\d{1,9})?)(s)$/m.exec(text);
