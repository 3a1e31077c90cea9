import { fieldOf, fieldsOf } from "../../json/lenient.ts";
import type { Act } from "../../types/turn/acts.ts";

const AMOUNT = /^\d{1,16}(\.\d{1,6})?$/;

/** True when an operator must approve what the customer has confirmed. A number that is not there, or is none, counts as above the limit. */
export function needsApproval({ declared, input }: Pick<Act, "declared" | "input">): boolean {
  const approval = declared.effect?.approval;
  if (approval === undefined) return false;
  if (approval === "always") return true;
  const value = fieldOf(fieldsOf(input), approval.field);
  // Amounts of a cart are exact decimals, as text.
  const amount = typeof value === "string" && AMOUNT.test(value) ? Number(value) : value;
  return !(typeof amount === "number" && amount <= approval.above);
}
