import type { SendDecision } from "../types/channel.ts";
import type { FailureEffect } from "../types/inbox-store.ts";

/**
 * What each Graph API error code asks of us, from Meta's list of error codes
 * (https://developers.facebook.com/documentation/business-messaging/whatsapp/support/error-codes).
 */
export const SEND_DECISIONS: ReadonlyMap<number, SendDecision> = new Map([
  // Throttles: refused before anything was processed.
  ...row("retry_safe", 4, 80_007, 130_429, 131_056),
  // Meta's own failures: the message may have gone out all the same.
  ...row("ambiguous", 1, 2, 131_000, 131_016, 131_057, 133_004),
  // Spam, marketing limits and experiments: sending again makes it worse.
  ...row("never", 131_048, 131_049, 131_050, 130_472),
  // The 24-hour window is closed.
  ...row("needs_template", 131_047),
  // This recipient cannot get this message; the next one may be fine.
  ...row(
    "recipient_lost",
    100,
    130_403,
    131_008,
    131_009,
    131_021,
    131_026,
    131_051,
    131_052,
    131_053,
    131_062,
  ),
  // Access.
  ...row("stop_and_alert", 0, 10, 190, 131_005),
  // Policy, payment.
  ...row("stop_and_alert", 368, 130_497, 131_031, 131_042),
  // The business number.
  ...row("stop_and_alert", 33, 131_037, 131_045, 133_010),
]);

function row(decision: SendDecision, ...codes: number[]): [number, SendDecision][] {
  return codes.map((code) => [code, decision]);
}

const RANGES: readonly { from: number; to: number; decision: SendDecision }[] = [
  { from: 200, to: 299, decision: "stop_and_alert" }, // missing permissions
  { from: 132_000, to: 132_999, decision: "recipient_lost" }, // templates
];

/** What to do about a refused send. The code decides; a code nobody knows falls back on the HTTP status. */
export function sendDecision(code: number | null, httpStatus: number): SendDecision {
  if (code === null) return withoutCode(httpStatus);
  const range = RANGES.find(({ from, to }) => code >= from && code <= to);
  return SEND_DECISIONS.get(code) ?? range?.decision ?? (httpStatus >= 500 ? "ambiguous" : "never");
}

/** Answers that hold no code of Meta's: something in between spoke, or the answer was cut off. */
function withoutCode(httpStatus: number): SendDecision {
  if (httpStatus >= 500 || httpStatus === 408) return "ambiguous";
  if (httpStatus === 429) return "retry_safe";
  // A redirect was not followed: whoever sent it is not the Graph API we were told to speak to.
  const wrongPlace = httpStatus < 400;
  return wrongPlace || httpStatus === 401 || httpStatus === 403 ? "stop_and_alert" : "never";
}

/** Meta's code for a closed 24-hour window. */
export const WINDOW_CLOSED = 131_047;
/** Meta's code for a number that sends too fast. */
export const THROTTLED = 130_429;

/** What a refusal changes for later, also when Meta reports it after it had taken the message. */
const FAILURE_EFFECTS: ReadonlyMap<number, FailureEffect> = new Map([
  [WINDOW_CLOSED, "reengage"],
  // Not on WhatsApp, an old version, terms not accepted; our own number; not allowed by the test number's list.
  [131_026, "unreachable"],
  [131_021, "unreachable"],
  [131_050, "no_marketing"],
  [THROTTLED, "slow_down"],
]);

/** What any of these codes changes for later; null for nothing. */
export function failureEffect(codes: readonly (number | null)[]): FailureEffect | null {
  return codes.map((code) => FAILURE_EFFECTS.get(code ?? Number.NaN)).find((effect) => effect) ?? null;
}
