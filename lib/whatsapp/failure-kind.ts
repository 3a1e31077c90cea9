import type { FailureKind } from "../../contracts/console/thread.ts";
import type { SendDecision } from "../types/channel.ts";
import { META_ERRORS, metaMeaning, sendDecision } from "./errors.ts";

/** Kinds that one code alone decides; the others follow from the decision about it. */
const BY_CODE: ReadonlyMap<number, FailureKind> = new Map([
  [META_ERRORS.mediaDownload.code, "file"],
  [META_ERRORS.mediaUpload.code, "file"],
  [META_ERRORS.testNumber.code, "unreachable"],
  [META_ERRORS.spam.code, "blocked_account"],
  // Templates: it does not exist in this language; it is paused, it is disabled.
  [132_001, "template_missing"],
  [132_015, "template_paused"],
  [132_016, "template_paused"],
]);

const BY_DECISION: Record<SendDecision, FailureKind> = {
  retry_safe: "too_fast",
  ambiguous: "unconfirmed",
  plain_form: "refused_form",
  // Limits of Meta's on what this customer gets.
  never: "unreachable",
  needs_template: "window_closed",
  recipient_lost: "unreachable",
  stop_and_alert: "blocked_account",
};

/** Kind of a failed send, for words that say what to do; `unknown` without a code of Meta's that the table knows. */
export function failureKind(codes: readonly number[]): FailureKind {
  const code = codes.find((each) => metaMeaning(each) !== null);
  if (code === undefined) return "unknown";
  return BY_CODE.get(code) ?? BY_DECISION[sendDecision(code, 400)];
}
