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
  /** Effect beyond this send, also when it comes in a status report. */
  effect: FailureEffect | null;
}

/**
 * The one table of Meta's error codes, after Meta's own
 * (https://developers.facebook.com/documentation/business-messaging/whatsapp/support/error-codes).
 */
export const META_ERRORS = {
  // Throttles: refused before anything was processed.
  appRateLimit: row(4, "retry_safe", "too many calls by this app"),
  accountRateLimit: row(80_007, "retry_safe", "too many calls for this WhatsApp Business account"),
  throttled: row(130_429, "retry_safe", "this number sends faster than its throughput", "slow_down"),
  pairRate: row(131_056, "retry_safe", "too many messages to one customer in a short time"),
  // Meta's own failures: the message may have gone out all the same.
  unknown: row(1, "ambiguous", "unknown failure at Meta"),
  apiDown: row(2, "ambiguous", "Meta's API is down or overloaded"),
  somethingWrong: row(131_000, "ambiguous", "unknown failure at Meta"),
  serviceUnavailable: row(131_016, "ambiguous", "a service of Meta's is unavailable"),
  maintenance: row(131_057, "ambiguous", "Meta maintains the account"),
  serverUnavailable: row(133_004, "ambiguous", "a server of Meta's is unavailable"),
  // Spam, marketing limits and experiments: sending again makes it worse.
  experiment: row(130_472, "never", "the customer is part of an experiment of Meta's"),
  spam: row(131_048, "never", "customers blocked or reported this number: Meta limits it"),
  ecosystem: row(131_049, "never", "Meta limits marketing messages to this customer"),
  noMarketing: row(131_050, "never", "the customer wants no marketing messages", "no_marketing"),
  windowClosed: row(131_047, "needs_template", "the 24-hour window is closed", "reengage"),
  // This customer cannot get this message; the next one may be fine.
  invalidParameter: row(100, "recipient_lost", "a wrong parameter, or an object that does not exist"),
  recipientRefused: row(130_403, "recipient_lost", "Meta does not deliver to this customer"),
  missingParameter: row(131_008, "recipient_lost", "a parameter is missing"),
  invalidValue: row(131_009, "recipient_lost", "a parameter has a wrong value"),
  ownNumber: row(131_021, "recipient_lost", "the customer's number is the business number", "unreachable"),
  undeliverable: row(131_026, "recipient_lost", "the customer cannot be reached on WhatsApp", "unreachable"),
  unsupportedType: row(131_051, "recipient_lost", "a message type that is not supported"),
  mediaDownload: row(131_052, "recipient_lost", "Meta could not download the file"),
  mediaUpload: row(131_053, "recipient_lost", "Meta could not take the file"),
  phoneNeeded: row(131_062, "recipient_lost", "this message needs a phone number, not a user id"),
  // Access.
  notAuthenticated: row(0, "stop_and_alert", "Meta cannot authenticate the access token"),
  notPermitted: row(10, "stop_and_alert", "the access token lacks a permission"),
  tokenExpired: row(190, "stop_and_alert", "the access token has expired or is wrong"),
  accessDenied: row(131_005, "stop_and_alert", "the access token lacks a permission"),
  // Policy, payment.
  policyBlock: row(368, "stop_and_alert", "the account is blocked for breaking a policy"),
  countryBlock: row(130_497, "stop_and_alert", "the account may not write to this country"),
  accountLocked: row(131_031, "stop_and_alert", "the account is locked"),
  payment: row(131_042, "stop_and_alert", "the account has a payment problem"),
  // The business number.
  numberDeleted: row(33, "stop_and_alert", "the business number was deleted"),
  nameNotApproved: row(131_037, "stop_and_alert", "the number's display name is not approved"),
  certificate: row(131_045, "stop_and_alert", "the number is not registered correctly"),
  notRegistered: row(133_010, "stop_and_alert", "the number is not registered"),
  // Inbound only.
  unavailable: row(131_060, null, "WhatsApp could not show the customer's message"),
} as const;

function row(
  code: number,
  decision: SendDecision | null,
  meaning: string,
  effect: FailureEffect | null = null,
): MetaError {
  return { code, decision, meaning, effect };
}

/** Codes that Meta documents as ranges. */
const RANGES: readonly (Omit<MetaError, "code" | "effect"> & { from: number; to: number })[] = [
  { from: 200, to: 299, decision: "stop_and_alert", meaning: "the access token lacks a permission" },
  {
    from: 132_000,
    to: 132_999,
    decision: "recipient_lost",
    meaning: "the template, or what fills it, is wrong",
  },
];

const BY_CODE: ReadonlyMap<number, MetaError> = new Map(
  Object.values(META_ERRORS).map((error) => [error.code, error]),
);

const known = (code: number) =>
  BY_CODE.get(code) ?? RANGES.find(({ from, to }) => code >= from && code <= to);

/** Cause of a failure, for operators; null for a code that is not in the table. */
export function metaMeaning(code: number): string | null {
  return known(code)?.meaning ?? null;
}

/** Decision about a refused send: by the Meta code, or by the HTTP status for an unknown code. */
export function sendDecision(code: number | null, httpStatus: number): SendDecision {
  if (code === null) return withoutCode(httpStatus);
  return known(code)?.decision ?? (httpStatus >= 500 ? "ambiguous" : "never");
}

/** Answers that hold no code of Meta's: something in between spoke, or the answer was cut off. */
function withoutCode(httpStatus: number): SendDecision {
  if (httpStatus >= 500 || httpStatus === 408) return "ambiguous";
  if (httpStatus === 429) return "retry_safe";
  // A redirect is not followed: its sender is not the configured Graph API.
  const wrongPlace = httpStatus < 400;
  return wrongPlace || httpStatus === 401 || httpStatus === 403 ? "stop_and_alert" : "never";
}

/** Effect of these codes beyond the send; null for none. */
export function failureEffect(codes: readonly (number | null)[]): FailureEffect | null {
  return codes.map((code) => BY_CODE.get(code ?? Number.NaN)?.effect).find((effect) => effect) ?? null;
}

/** Meta's `error.code` in a body of the Graph API; null when there is none. */
export function metaCodeIn(body: unknown): number | null {
  return metaCodeOf(fieldOf(fieldsOf(body), "error"));
}
