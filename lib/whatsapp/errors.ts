import { fieldOf, fieldsOf, metaCodeOf } from "../json/lenient.ts";
import type { SendDecision } from "../types/channel.ts";
import type { FailureEffect } from "../types/inbox-store.ts";

/** One error code of the Graph API. */
interface MetaError {
  code: number;
  /** Decision about a send that it refuses; null for a code that only inbound messages carry. */
  decision: SendDecision | null;
  /** Its cause, for operators. */
  meaning: string;
  /** What the company can do about it. */
  advice: string;
  /** Effect beyond this send, also when it comes in a status report. */
  effect: FailureEffect | null;
}

const WAIT = "Nothing: Chasqui slows down and sends again.";
const MAYBE_SENT =
  "Nothing: Chasqui waits for the status report. If it goes on, look at https://metastatus.com.";
const TOKEN =
  "Make a permanent system user token with whatsapp_business_messaging and replace WHATSAPP_ACCESS_TOKEN.";
const MANAGER = "Open WhatsApp Manager and do what it asks for; replies wait for it.";
const REGISTER = "Register the number again under WhatsApp → API Setup; replies wait for it.";
const FORM = "Nothing: Chasqui sends the words as plain text. If it recurs, report it with the log line.";
const TEMPLATE =
  "Correct the template, or its name and language in the company's profile, in WhatsApp Manager.";
const PHONE = "Reach the customer by phone or e-mail; a message will not get there.";
const CALLED = "Answer the customer: an operator has been called.";

/**
 * The one table of Meta's error codes, after Meta's own
 * (https://developers.facebook.com/documentation/business-messaging/whatsapp/support/error-codes).
 */
export const META_ERRORS = {
  // Throttles: refused before anything was processed.
  appRateLimit: row(4, "retry_safe", "too many calls by this app", WAIT),
  userRateLimit: row(17, "retry_safe", "too many calls with this access token", WAIT),
  callRateLimit: row(613, "retry_safe", "too many calls of this kind", WAIT),
  accountRateLimit: row(80_007, "retry_safe", "too many calls for this WhatsApp Business account", WAIT),
  throttled: {
    ...row(130_429, "retry_safe", "this number sends faster than its throughput", WAIT),
    effect: "slow_down",
  },
  pairRate: row(131_056, "retry_safe", "too many messages to one customer in a short time", WAIT),
  // Meta's own failures: the message may have gone out all the same.
  unknown: row(1, "ambiguous", "unknown failure at Meta", MAYBE_SENT),
  apiDown: row(2, "ambiguous", "Meta's API is down or overloaded", MAYBE_SENT),
  somethingWrong: row(131_000, "ambiguous", "unknown failure at Meta", MAYBE_SENT),
  serviceUnavailable: row(131_016, "ambiguous", "a service of Meta's is unavailable", MAYBE_SENT),
  maintenance: row(131_057, "ambiguous", "Meta maintains the account", MAYBE_SENT),
  serverUnavailable: row(133_004, "ambiguous", "a server of Meta's is unavailable", MAYBE_SENT),
  // The form of the message: certainly not sent, and its words may be accepted.
  invalidParameter: row(100, "plain_form", "a wrong parameter, or an object that does not exist", FORM),
  missingParameter: row(131_008, "plain_form", "a parameter is missing", FORM),
  invalidValue: row(131_009, "plain_form", "a parameter has a wrong value", FORM),
  unsupportedType: row(131_051, "plain_form", "a message type that is not supported", FORM),
  mediaDownload: row(131_052, "plain_form", "Meta could not download the file", FORM),
  mediaUpload: row(131_053, "plain_form", "Meta could not take the file", FORM),
  methodNotAllowed: row(131_055, "plain_form", "this kind of message is not allowed for the number", FORM),
  phoneNeeded: row(131_062, "plain_form", "this message needs a phone number, not a user id", FORM),
  badRequest: row(135_000, "plain_form", "an unknown error in the parameters", FORM),
  // Spam, marketing limits and experiments: sending again makes it worse.
  experiment: row(130_472, "never", "the customer is part of an experiment of Meta's", CALLED),
  spam: row(
    131_048,
    "never",
    "customers blocked or reported this number: Meta limits it",
    `${MANAGER} ${CALLED}`,
  ),
  ecosystem: row(131_049, "never", "Meta limits marketing messages to this customer", CALLED),
  noMarketing: {
    ...row(131_050, "never", "the customer wants no marketing messages", "Nothing: respect it."),
    effect: "no_marketing",
  },
  windowClosed: {
    ...row(
      131_047,
      "needs_template",
      "the 24-hour window is closed",
      "Set a template as reengagement in the company's profile; without one an operator is called.",
    ),
    effect: "reengage",
  },
  // This customer cannot get any message of this number; an operator could not write to them either.
  recipientRefused: row(130_403, "recipient_lost", "Meta does not deliver to this customer", PHONE),
  ownNumber: {
    ...row(
      131_021,
      "recipient_lost",
      "the customer's number is the business number",
      "Nothing: the number wrote to itself.",
    ),
    effect: "unreachable",
  },
  undeliverable: {
    ...row(131_026, "recipient_lost", "the customer cannot be reached on WhatsApp", PHONE),
    effect: "unreachable",
  },
  testNumber: row(
    131_030,
    "stop_and_alert",
    "this is Meta's test number, and the customer is not on its list of recipients",
    "Add the recipient under To in WhatsApp → API Setup of the App Dashboard: the reply waits for it. Numbers of Argentina may have to be added without the 9 after 54, of Mexico without the 1 after 52, of Brazil with or without the ninth digit. A number of your own has no such list.",
  ),
  // Access.
  notAuthenticated: row(0, "stop_and_alert", "Meta cannot authenticate the access token", TOKEN),
  noCapability: row(3, "stop_and_alert", "the app may not use this API", TOKEN),
  notPermitted: row(10, "stop_and_alert", "the access token lacks a permission", TOKEN),
  sessionExpired: row(102, "stop_and_alert", "the access token is no longer valid", TOKEN),
  tokenExpired: row(190, "stop_and_alert", "the access token has expired or is wrong", TOKEN),
  accessDenied: row(131_005, "stop_and_alert", "the access token lacks a permission", TOKEN),
  // Policy, payment.
  policyBlock: row(368, "stop_and_alert", "the account is blocked for breaking a policy", MANAGER),
  countryBlock: row(130_497, "stop_and_alert", "the account may not write to this country", MANAGER),
  accountLocked: row(131_031, "stop_and_alert", "the account is locked", MANAGER),
  payment: row(
    131_042,
    "stop_and_alert",
    "the account has a payment problem",
    "Add a valid payment method to the WhatsApp Business account in WhatsApp Manager; replies wait for it.",
  ),
  paymentTerms: row(134_011, "stop_and_alert", "WhatsApp's terms of payment are not accepted", MANAGER),
  // The business number.
  numberDeleted: row(33, "stop_and_alert", "the business number was deleted", REGISTER),
  nameNotApproved: row(131_037, "stop_and_alert", "the number's display name is not approved", MANAGER),
  certificate: row(131_045, "stop_and_alert", "the number is not registered correctly", REGISTER),
  notRegistered: row(133_010, "stop_and_alert", "the number is not registered", REGISTER),
  // Inbound only.
  unavailable: row(
    131_060,
    null,
    "WhatsApp could not show the customer's message",
    "Nothing: the bot asks for it again.",
  ),
} as const;

function row(code: number, decision: SendDecision | null, meaning: string, advice: string): MetaError {
  return { code, decision, meaning, advice, effect: null };
}

/** Codes that Meta documents as ranges, or adds to from time to time. */
const RANGES: readonly (Omit<MetaError, "code" | "effect"> & { from: number; to: number })[] = [
  {
    ...{ from: 200, to: 299, decision: "stop_and_alert" },
    ...{ meaning: "the access token lacks a permission", advice: TOKEN },
  },
  {
    ...{ from: 132_000, to: 132_999, decision: "plain_form" },
    ...{ meaning: "the template, or what fills it, is wrong", advice: TEMPLATE },
  },
  {
    ...{ from: 133_000, to: 133_999, decision: "stop_and_alert" },
    ...{ meaning: "the number's registration needs attention", advice: REGISTER },
  },
];

const UNKNOWN_ADVICE =
  "Look the code up on Meta's page of error codes; it is not in Chasqui's table. An operator has been called.";

const BY_CODE: ReadonlyMap<number, MetaError> = new Map(
  Object.values(META_ERRORS).map((error) => [error.code, error]),
);

/** The codes of the table. */
export const META_CODES: readonly number[] = [...BY_CODE.keys()];

const known = (code: number) =>
  BY_CODE.get(code) ?? RANGES.find(({ from, to }) => code >= from && code <= to);

/** Cause of a failure, for operators; null for a code that is not in the table. */
export function metaMeaning(code: number): string | null {
  return known(code)?.meaning ?? null;
}

/** What to do about a code. */
export function metaAdvice(code: number): string {
  return known(code)?.advice ?? UNKNOWN_ADVICE;
}

/** Decision about a refused send: by the Meta code, or by the HTTP status for an unknown code. */
export function sendDecision(code: number | null, httpStatus: number): SendDecision {
  if (code === null) return withoutCode(httpStatus);
  return known(code)?.decision ?? (httpStatus >= 500 ? "ambiguous" : "plain_form");
}

/** Answers that hold no code of Meta's: something in between spoke, or the answer was cut off. */
function withoutCode(httpStatus: number): SendDecision {
  if (httpStatus >= 500 || httpStatus === 408) return "ambiguous";
  if (httpStatus === 429) return "retry_safe";
  // A redirect is not followed: its sender is not the configured Graph API.
  const wrongPlace = httpStatus < 400;
  return wrongPlace || httpStatus === 401 || httpStatus === 403 ? "stop_and_alert" : "plain_form";
}

/** Effects of a refusal: a customer who waits for an answer that cannot be sent, and who can be reached, gets an operator. */
export function refusalEffects(decision: SendDecision, code: number | null): FailureEffect[] {
  if (decision === "needs_template") return ["reengage"];
  const effect = BY_CODE.get(code ?? Number.NaN)?.effect;
  const pointless = effect === "unreachable" || effect === "no_marketing";
  const called = !pointless && (decision === "never" || decision === "plain_form");
  return [...(effect ? [effect] : []), ...(called ? (["call_operator"] as const) : [])];
}

/** Effect of a `failed` status report with these codes: the message is lost, whatever would have been right before. */
export function reportEffect(codes: readonly number[]): FailureEffect | null {
  const effect = codes.map((code) => BY_CODE.get(code)?.effect).find((each) => each);
  if (effect) return effect;
  const decisions = codes.map((code) => sendDecision(code, 400));
  if (decisions.includes("recipient_lost")) return null;
  const stopped = decisions.some((each) => each === "never" || each === "stop_and_alert");
  return stopped ? "call_operator" : "plain_form";
}

/** Meta's `error.code` in a body of the Graph API; null when there is none. */
export function metaCodeIn(body: unknown): number | null {
  return metaCodeOf(fieldOf(fieldsOf(body), "error"));
}
