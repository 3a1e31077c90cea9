import { cleanJson } from "../../../json/clean.ts";
import { type Fields, fieldOf, fieldsOf, idOf, metaCodesOf, timestampOf } from "../../../json/lenient.ts";
import type { InboundMessage } from "../../../types/inbound.ts";
import type { Json } from "../../../types/json.ts";
import { aboutOf } from "./about.ts";
import type { OwnedChange } from "./change.ts";
import { type Contact, contactOf, namesIn, SENDER } from "./contacts.ts";
import { withTotals } from "./order-totals.ts";
import { typeOf, wordsOf } from "./words.ts";

/** Reads one message leniently; a string says why it cannot be used. */
export function readMessage(item: unknown, change: OwnedChange): InboundMessage | string {
  const message = fieldsOf(item);
  const type = typeOf(message);
  const waMessageId = idOf(fieldOf(message, "id"));
  if (waMessageId === null) return "message without a usable id";
  const sender = senderOf(message, type, change);
  if (sender === null) return "message without a usable sender";
  const object = fieldOf(message, type);
  return {
    phoneNumberId: change.phoneNumberId,
    waMessageId,
    from: sender.phone,
    fromUserId: sender.userId,
    profileName: sender.name,
    groupId: idOf(fieldOf(message, "group_id")),
    timestampMs: timestampOf(fieldOf(message, "timestamp"), change.nowMs),
    type,
    ...wordsOf(type, object),
    contextId: idOf(fieldOf(fieldsOf(fieldOf(message, "context")), "id")),
    metaCodes: metaCodesOf(fieldOf(message, "errors")),
    content: contentOf(type, object),
    standby: change.field === "standby",
    about: aboutOf(message),
  };
}

/** The object as sent, bounded; an order that is cut keeps its totals. */
function contentOf(type: string, object: unknown): Json {
  const content = cleanJson(object);
  const isCut = fieldOf(fieldsOf(content), "truncated") === true;
  return type === "order" && isCut ? cleanJson(withTotals(fieldsOf(object))) : content;
}

/** Sender of a message: named by it or by the only contact. A `system` message may have none; null for any other without one. */
function senderOf(message: Fields, type: string, { contacts }: OwnedChange): Contact | null {
  const contact = contactOf(namesIn(message, SENDER), contacts);
  if (contact !== null || type !== "system") return contact;
  return namesAPerson(fieldOf(message, "system")) ? { phone: null, userId: null, name: null } : null;
}

function namesAPerson(system: unknown): boolean {
  const fields = fieldsOf(system);
  return ["wa_id", "new_wa_id", "user_id", "customer"].some((key) => idOf(fieldOf(fields, key)) !== null);
}
