import { complaint } from "./complaint.ts";
import { general } from "./general.ts";
import { greeting } from "./greeting.ts";
import { humanHandoff } from "./human-handoff.ts";
import type { Intent } from "./intent.ts";
import { orderStatus } from "./order-status.ts";
import { outOfScope } from "./out-of-scope.ts";
import { productQuestion } from "./product-question.ts";
import { thanksGoodbye } from "./thanks-goodbye.ts";

/** Every intent there is. To add one: write its file beside the others and name it here. */
export const INTENTS = [
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
export type IntentName = (typeof INTENTS)[number]["name"];

/** The row of that name. */
export function intentNamed(name: IntentName): Intent {
  return INTENTS.find((intent) => intent.name === name) ?? general;
}
