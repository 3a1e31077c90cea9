import type { InboundMessage } from "../events.ts";
import {
  errorCodesOf,
  type Fields,
  fieldsOf,
  idOf,
  listOf,
  own,
  phoneOf,
  textOf,
  timestampOf,
} from "./lenient.ts";
import { cleanJson } from "./sanitize.ts";
import { typeOf, wordsOf } from "./words.ts";

/** What the messages of one change have in common. */
export interface Envelope {
  phoneNumberId: string;
  contacts: Contacts;
  nowMs: number;
}

interface Contact {
  phone: string | null;
  userId: string | null;
  name: string | null;
}

/** People by phone and by user id (which has a dot, so the two never meet). */
type Contacts = ReadonlyMap<string, Contact>;

/** Meta's `contacts`: who wrote the messages beside them. */
export function contactsOf(contacts: unknown): Contacts {
  const people = listOf(contacts).map((item) => {
    const contact = fieldsOf(item);
    return {
      phone: phoneOf(own(contact, "wa_id")),
      userId: idOf(own(contact, "user_id")),
      name: textOf(own(fieldsOf(own(contact, "profile")), "name"), 256),
    };
  });
  return new Map(
    people.flatMap((person) =>
      [person.phone, person.userId].flatMap((key) => (key === null ? [] : [[key, person]])),
    ),
  );
}

/** One message, leniently read; a string says why it cannot be used. */
export function readMessage(item: unknown, envelope: Envelope): InboundMessage | string {
  const message = fieldsOf(item);
  const type = typeOf(message);
  const waMessageId = idOf(own(message, "id"));
  if (waMessageId === null) return "message without a usable id";
  const sender = senderOf(message, type, envelope.contacts);
  if (sender === null) return "message without a usable sender";
  const object = own(message, type);
  return {
    phoneNumberId: envelope.phoneNumberId,
    waMessageId,
    from: sender.phone,
    fromUserId: sender.userId,
    profileName: sender.name,
    groupId: idOf(own(message, "group_id")),
    timestampMs: timestampOf(own(message, "timestamp"), envelope.nowMs),
    type,
    ...wordsOf(type, object),
    contextId: idOf(own(fieldsOf(own(message, "context")), "id")),
    errorCodes: errorCodesOf(own(message, "errors")),
    content: cleanJson(object),
    standby: false,
    about: null,
  };
}

/** Who wrote it: named by the message; by the only contact beside it; or nobody, which only `system` messages may. */
function senderOf(message: Fields, type: string, contacts: Contacts): Contact | null {
  const phone = phoneOf(own(message, "from"));
  const userId = idOf(own(message, "from_user_id"));
  if (phone !== null || userId !== null) {
    const contact = contacts.get(phone ?? "") ?? contacts.get(userId ?? "");
    return { phone, userId, name: contact?.name ?? null };
  }
  if (type === "system") return namesAPerson(own(message, "system")) ? { phone, userId, name: null } : null;
  const [only, ...others] = new Set(contacts.values());
  return only && others.length === 0 ? only : null;
}

function namesAPerson(system: unknown): boolean {
  const fields = fieldsOf(system);
  return ["wa_id", "user_id", "customer"].some((key) => idOf(own(fields, key)) !== null);
}
