import type { Feature } from "../config/features.ts";
import type { Refusal } from "./refusal.ts";

/**
 * What a refusal is about: a feature of the request, the length of the prompt, the money, a request that is wrong for an
 * unnamed reason, a moment's trouble, or something that no other request would change.
 */
export type Reason =
  | { kind: "feature"; feature: Feature; once: boolean }
  | { kind: "too_long" | "quota" | "unnamed" | "moment" | "final" };

/** The reason of a refusal of a request with these features. */
export function reasonOf(refusal: Refusal, sent: ReadonlySet<Feature>): Reason {
  const { status, broken, text, retryAfterMs } = refusal;
  if (status === null || broken) return { kind: "moment" };
  // Google calls a minute's limit a quota too, and says when it is over.
  const isMinute = retryAfterMs !== null && text.includes("resource_exhausted");
  if (QUOTA.test(text) && !isMinute) return { kind: "quota" };
  if (status === 401 || status === 402 || status === 403) return { kind: "final" };
  if (status === 413 || (status === 429 ? TOO_LARGE : TOO_LONG).test(text)) return { kind: "too_long" };
  if (status === 408 || status === 409 || status === 429 || status > 501) return { kind: "moment" };
  if (MODEL_WROTE.test(text)) return { kind: "moment" };
  if (FINAL.test(text)) return { kind: "final" };
  const feature = featureIn(refusal, sent);
  if (feature) return { kind: "feature", feature, once: isOnce(feature, text) };
  if (status === 500) return { kind: "moment" };
  return status === 404 ? { kind: "final" } : { kind: "unnamed" };
}

const QUOTA =
  /insufficient_quota|exceeded your current quota|insufficient (?:balance|credits?|funds)|billing[_ ](?:hard|not)|payment required|requires more credits|out of credits/;
const TOO_LONG =
  /context[_ -]?(?:length|window|size|limit)|maximum (?:context|prompt|input)|(?:prompt|input|request|messages?)(?: is| are)? too (?:long|large)|too many (?:input |prompt )?tokens|reduce the length|reduce your (?:message|prompt|input)|string_above_max_length|tokens? limit exceeded|(?:input|prompt|request|token)[^.]{0,40}exceeds? (?:the |its )?(?:max|limit|model)|tokens [^.]{0,30}must be <=/;
/** One request that is more than a whole minute's limit. */
const TOO_LARGE = /request too large|reduce (?:the length|your)/;
/** The fault is in what the model wrote, which may be better the next time. */
const MODEL_WROTE =
  /tool_use_failed|failed to call a function|attempted to call|(?:parse\b|parsing|validat)[^.]{0,40}(?:tool|function|arguments)|(?:tool|function)[^.]{0,40}(?:parse\b|parsing|validation failed|did not match)/;
/** Another request would meet the same. */
const FINAL =
  /content_filter|content management policy|content_policy|moderation|flagged|safety|model_not_found|model [^.]{0,120}does not exist|model [^ ]{1,100} not found|unknown model|invalid_api_key|deployment_?not_?found/;
/** A refusal of all pictures; any other is of this one, which the customer chose. */
const NO_PICTURES =
  /not (?:a )?support|image input|support (?:images?|vision|multi)|supported by|not enabled|mmproj|multi-?modal|unknown variant|must be a string|at most 0|unrecognized|unknown|not permitted|not available/;
const ONE_PICTURE = /format|upload|corrupt|too large|decod|download|mime|base64/;

/** True for a refusal that says nothing about the next request. */
function isOnce(feature: Feature, text: string): boolean {
  if (feature === "vision") return ONE_PICTURE.test(text) || !NO_PICTURES.test(text);
  return text.includes("json_validate_failed");
}

/** Words of each feature. A name in `param` or a path counts like one in a sentence. */
const WORDS: Readonly<Partial<Record<Feature, RegExp>>> = {
  cache_mark: /prompt_cache/,
  max_tokens: /max_tokens|max_new_tokens|maxoutputtokens|max tokens/,
  max_completion_tokens: /max_completion_tokens/,
  temperature: /temperature/,
  reasoning_effort: /reasoning[_. ]?effort|reasoning\.effort/,
  json_schema:
    /response[_ ]?format|json[_ ]?schema|structured[ _-]?outputs?|guided[ _]json|grammar|json_validate_failed|json mode/,
  json_object: /response[_ ]?format|json[_ ]?(?:object|mode|output)|json_validate_failed/,
  forced_tool: /tool[_ ]choice|forced? (?:tool|function)/,
  tool_choice: /tool[_ ]choice/,
  tools:
    /\btools?\b(?! choice)|\btool[ -]?(?:use|calls?|calling)\b|\bfunctions?[ -]?call(?:s|ing)?\b|\bfunctions\b|function calling|for function\b/,
  vision:
    /image|vision|multi-?modal|mmproj|picture|content (?:must|should|has to) be a? ?(?:valid )?string|content\.str|content: invalid type/,
};

const REFUSED =
  /support|allow|permit|unknown|unrecogni|unexpected|invalid|extra|available|enable|require|must|should|cannot|can't|can not|\bonly\b|\bnot? |missing|deprecat|incompatib|disabled|implement|fail|at most|expect|forbid|remove|instead/;

/** The feature of those sent that the refusal names first; null when it names none. */
function featureIn({ status, param, text }: Refusal, sent: ReadonlySet<Feature>): Feature | null {
  const role = roleIn(text, sent);
  if (role !== null) return role === "none" ? null : role;
  const words = `${param}\n${text}`;
  if (!REFUSED.test(text) && param === "") return null;
  if (status === 404 && !/support|endpoints/.test(text)) return null;
  // Some models call tools only when they do not think.
  if (sent.has("thinking") && NO_THOUGHTS.test(text)) return "thinking";
  if (sent.has("strict") && /\bstrict\b/.test(words)) return "strict";
  let first: Feature | null = null;
  let at = Number.POSITIVE_INFINITY;
  for (const feature of sent) {
    const found = WORDS[feature]?.exec(words)?.index ?? Number.POSITIVE_INFINITY;
    // "tool_choice" is looked for before "tools".
    if (found < at) [first, at] = [feature, found];
  }
  return first;
}

const NO_THOUGHTS = /set reasoning[_ ]effort to ["'`]?none|disable (?:thinking|reasoning)/;

const ROLES =
  /\broles?\b|system (?:message|prompt|instruction)|developer (?:message|instruction)|`?developer`?/;

/** A refusal of who speaks: its other words (`tool`, `content`) name no feature. Null when it is about no role. */
function roleIn(text: string, sent: ReadonlySet<Feature>): Feature | "none" | null {
  if (!ROLES.test(text)) return null;
  if (/alternat|consecutive|in a row|after role|multiple [^.]{0,20}roles/.test(text)) return "repeated_role";
  if (/developer/.test(text) && sent.has("developer")) return "developer";
  return /system|developer/.test(text) && sent.has("system") ? "system" : "none";
}
