import { fieldOf, fieldsOf, textOf } from "../../json/lenient.ts";
import { actTitles } from "../../language/acts.ts";
import type { Language } from "../../types/company.ts";
import type { StoredMessage } from "../../types/conversation.ts";
import type { ReplyExtra } from "../../types/outbound.ts";

/** What a button of an act says: to do it, not to, to ask again, or to get a person. */
export type ActButton = "yes" | "no" | "again" | "person";

/** A tap on an act's button. */
export interface ActTap {
  actId: string;
  button: ActButton;
}

const ID = /^act:([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}):(yes|no|again|person)$/;
const MAX_ID = 60;

/** The act's button that a message is a tap on; null for any other message. */
export function tappedAct({ type, content }: Pick<StoredMessage, "type" | "content">): ActTap | null {
  if (type !== "interactive") return null;
  const id = textOf(fieldOf(fieldsOf(fieldOf(fieldsOf(content), "button_reply")), "id"), MAX_ID);
  const [, actId, button] = ID.exec(id ?? "") ?? [];
  return actId === undefined ? null : { actId, button: button as ActButton };
}

/** The buttons under a question. */
export const questionButtons = (actId: string, language: Language): ReplyExtra =>
  choices(actId, language, ["yes", "no"]);

/** The buttons under the news that an act has failed. */
export const failureButtons = (actId: string, language: Language): ReplyExtra =>
  choices(actId, language, ["again", "person"]);

function choices(actId: string, language: Language, buttons: readonly ActButton[]): ReplyExtra {
  const titles = actTitles(language);
  const options = buttons.map((button) => ({ id: `act:${actId}:${button}`, title: titles[button] }));
  return { kind: "choices", options, button: titles.yes };
}
