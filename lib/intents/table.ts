import { complaint } from "./complaint.ts";
import { general } from "./general.ts";
import { greeting } from "./greeting.ts";
import { humanHandoff } from "./human-handoff.ts";
import type { Intent, ShippedIntent } from "./intent.ts";
import { orderStatus } from "./order-status.ts";
import { outOfScope } from "./out-of-scope.ts";
import { productQuestion } from "./product-question.ts";
import { thanksGoodbye } from "./thanks-goodbye.ts";

// To add an intent: write its file beside the others and name it here.
const ROWS = [
  greeting,
  productQuestion,
  orderStatus,
  complaint,
  humanHandoff,
  thanksGoodbye,
  outOfScope,
  general,
] as const satisfies readonly ShippedIntent[];

/** Names of the intents that ship with Chasqui. */
export type ShippedName = (typeof ROWS)[number]["name"];

/** Name of an intent of a company: checked where it comes in, by the company's table (`intentsOf`). */
export type IntentName = string;

/** Every intent that ships with Chasqui. */
export const INTENTS: readonly (ShippedIntent & { readonly name: ShippedName })[] = ROWS;

/** The row of that name, of the shipped table or a company's; `general` for a name that is not there. */
export function intentNamed(name: IntentName, rows: readonly Intent[] = INTENTS): Intent {
  return rows.find((intent) => intent.name === name) ?? rows.find((row) => row.name === "general") ?? general;
}
