import type { ThreadMessage } from "../../../../../contracts/console/thread.ts";
import type { ConsoleTexts } from "../../../texts/console.ts";
import type { Texts } from "../../../texts/texts.ts";

/** Who wrote a message: the bot, which operator, or somebody in the phone app; null for the customer. */
export function authorOf(
  { author, operator, fromPhoneApp }: Pick<ThreadMessage, "author" | "operator" | "fromPhoneApp">,
  { inbox: { thread, you } }: ConsoleTexts,
  { chat }: Texts,
  operatorId: string,
): string | null {
  if (author === "customer") return null;
  if (author === "bot") return thread.bot;
  if (author === "system") return chat.authors.system;
  if (fromPhoneApp) return operator ? thread.sentBy(operator.name, thread.phoneApp) : thread.phoneApp;
  if (operator?.id === operatorId) return you;
  return operator?.name ?? thread.formerOperator;
}
