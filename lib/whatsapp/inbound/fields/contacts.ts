import { fieldOf, fieldsOf, idOf, lineOf, listOf, phoneOf } from "../../../json/lenient.ts";

/** A WhatsApp user as Meta names them: by phone, by business-scoped user id, or both. */
export interface Contact {
  phone: string | null;
  userId: string | null;
  name: string | null;
}

/** Contacts by phone and by user id; user ids have a dot, so the keys never collide. */
export type Contacts = ReadonlyMap<string, Contact>;

/** Reads Meta's `contacts` list. */
export function contactsOf(list: unknown): Contacts {
  const contacts = listOf(list).map((item) => {
    const contact = fieldsOf(item);
    return {
      phone: phoneOf(fieldOf(contact, "wa_id")),
      userId: idOf(fieldOf(contact, "user_id")),
      name: lineOf(fieldOf(fieldsOf(fieldOf(contact, "profile")), "name"), 256),
    };
  });
  return new Map(
    contacts.flatMap((contact) =>
      [contact.phone, contact.userId].flatMap((key) => (key === null ? [] : [[key, contact]])),
    ),
  );
}

/** Contact with this phone or user id, completed from `contacts`; without either, the only contact there; null when unknown. */
export function contactOf(phone: string | null, userId: string | null, contacts: Contacts): Contact | null {
  if (phone === null && userId === null) {
    // One contact has at most two keys.
    if (contacts.size > 2) return null;
    const [only, ...others] = new Set(contacts.values());
    return only && others.length === 0 ? only : null;
  }
  const contact = contacts.get(userId ?? "") ?? contacts.get(phone ?? "");
  return {
    phone: phone ?? contact?.phone ?? null,
    userId: userId ?? contact?.userId ?? null,
    name: contact?.name ?? null,
  };
}
