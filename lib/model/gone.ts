import { APICallError } from "ai";
import { fieldOf, fieldsOf, parseJson } from "../json/lenient.ts";

/** Refusals that can mean that there is no such model. */
const STATUSES: ReadonlySet<number> = new Set([400, 403, 404, 410, 422]);

/** Codes and types of OpenAI, Azure, Groq, Together, Hugging Face and their kin, as letters alone. */
const CODES: ReadonlySet<string> = new Set([
  "modelnotfound",
  "modelnotavailable",
  "modelnotsupported",
  "modelnotexist",
  "modeldecommissioned",
  "modeldeprecated",
  "modelretired",
  "invalidmodel",
  "unknownmodel",
  "deploymentnotfound",
]);

/** The longest message that is read. */
const MAX_MESSAGE = 500;

/** Sentences that say of a model or a deployment that there is none, or none any more. */
const SAYS_GONE = [
  /\b(?:model|deployment)s?\b[^\n]{0,120}?\b(?:not exist|not found|not be found|not available|has been (?:deprecated|retired|decommissioned|removed|shut ?down)|no longer (?:available|exists|offered|served))\b/i,
  /\b(?:no such|unknown|invalid|nonexistent) model\b(?: name| id)?(?:[:'"`\s(]|$)/i,
  /\bmodel (?:name|id|identifier) is invalid\b/i,
  /\bnot a valid model\b/i,
  /\bno endpoints found for\b/i,
  /\bnot have access to (?:the )?model\b/i,
  /^model: ?\S+$/i,
];

/** A sentence about a part of the request or its address, not about the model. */
const SAYS_OTHER = /\b(?:parameter|argument|response_format|image_url|tools?|request url)\b/i;

/** True when a service says that it has no such model, or has it no more. */
export function isModelGone(error: unknown): boolean {
  if (!APICallError.isInstance(error) || !STATUSES.has(error.statusCode ?? 0)) return false;
  const parsed = parseJson(error.responseBody ?? null);
  const body = fieldsOf(Array.isArray(parsed) ? parsed[0] : parsed);
  const details = fieldOf(body, "error");
  const places = [fieldsOf(details), body];
  const codes = places.flatMap((place) => [fieldOf(place, "code"), fieldOf(place, "type")]);
  if (codes.some(isGoneCode)) return true;
  const texts = [
    details,
    ...places.flatMap((place) => [fieldOf(place, "message"), fieldOf(place, "detail")]),
  ];
  return texts.some((text) => typeof text === "string" && saysGone(text.slice(0, MAX_MESSAGE)));
}

/** Also with `Error` behind it, and in any spelling. */
const isGoneCode = (code: unknown): boolean =>
  typeof code === "string" &&
  CODES.has(
    code
      .slice(0, 100)
      .toLowerCase()
      .replace(/[^a-z]/g, "")
      .replace(/error$/, ""),
  );

const saysGone = (message: string): boolean =>
  SAYS_GONE.some((pattern) => pattern.test(message)) && !SAYS_OTHER.test(message);
