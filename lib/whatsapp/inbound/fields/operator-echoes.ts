import { cleanJson } from "../../../json/clean.ts";
import { fieldOf, fieldsOf, idOf, timestampOf } from "../../../json/lenient.ts";
import { unquoted } from "../../../language/marks.ts";
import type { OperatorEcho } from "../../../types/inbound.ts";
import type { OwnedChange } from "./change.ts";
import { contactOf, namesIn, RECIPIENT } from "./contacts.ts";
import { typeOf, wordsOf } from "./words.ts";

/** Reads one operator echo; a string says why it cannot be used. */
export function readOperatorEcho(item: unknown, change: OwnedChange): OperatorEcho | string {
  const message = fieldsOf(item);
  const waMessageId = idOf(fieldOf(message, "id"));
  if (waMessageId === null) return "echo without a usable id";
  const contact = contactOf(namesIn(message, RECIPIENT), change.contacts);
  if (contact === null) return "echo without a usable recipient";
  const type = typeOf(message);
  const object = fieldOf(message, type);
  const { text } = wordsOf(type, object);
  return {
    phoneNumberId: change.phoneNumberId,
    waMessageId,
    to: contact.phone,
    toUserId: contact.userId,
    timestampMs: timestampOf(fieldOf(message, "timestamp"), change.nowMs),
    type,
    text: text && unquoted(text),
    content: cleanJson(object),
  };
}
