import { fieldOf, fieldsOf } from "../../json/lenient.ts";
import type { Act } from "../../types/turn/acts.ts";

/** True when an operator must approve what the customer has confirmed. A number that is not there, or is none, counts as above the limit. */
export function needsApproval({ declared, input }: Pick<Act, "declared" | "input">): boolean {
  const approval = declared.effect?.approval;
  if (approval === undefined) return false;
  if (approval === "always") return true;
  const value = fieldOf(fieldsOf(input), approval.field);
  return !(typeof value === "number" && value <= approval.above);
}
