import { complaint } from "./complaint.ts";
import { general } from "./general.ts";
import { greeting } from "./greeting.ts";
import { humanHandoff } from "./human-handoff.ts";
import type { Intent } from "./intent.ts";
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
] as const satisfies readonly Intent[];

/** The names of the table, as the classifier may answer them. */
export type IntentName = (typeof ROWS)[number]["name"];

/** Every intent there is. */
export const INTENTS: readonly (Intent & { readonly name: IntentName })[] = ROWS;

/** The row of that name. */
export function intentNamed(name: IntentName): Intent {
  return INTENTS.find((intent) => intent.name === name) ?? general;
}
