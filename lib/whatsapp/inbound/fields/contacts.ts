import { type Fields, fieldOf, fieldsOf, idOf, lineOf, listOf, phoneOf } from "../../../json/lenient.ts";
import { canonicalPhone } from "../../../phone/spellings.ts";

/** A WhatsApp user as Meta names them: by phone, by business-scoped user id, or both. */
export interface Contact {
  phone: string | null;
  userId: string | null;
  name: string | null;
}

/** Names of a WhatsApp user; `parentId` is the user id that linked portfolios share. */
interface Names extends Pick<Contact, "phone" | "userId"> {
  parentId: string | null;
}

/** Contacts by phone, user id and parent id; user ids have a dot, so the keys never collide. */
export type Contacts = ReadonlyMap<string, Names & Contact>;

/** A country, a dot, letters and digits; with `ENT.` a parent id. */
const USER_ID = /^[A-Z]{2}\.(?:ENT\.)?[A-Za-z0-9]{1,128}$/;
const PARENT_ID = /^[A-Z]{2}\.ENT\./;

/** A business-scoped user id in a place where a phone is expected; null when it is none. */
export function userIdOf(value: unknown): string | null {
  const id = idOf(value);
  return id !== null && USER_ID.test(id) ? id : null;
}

/** Keys under which an object names a WhatsApp user: Meta's own, and `other` places where providers put a user id. */
interface NameKeys {
  phone: readonly string[];
  userId: string;
  parentId: string;
  other: readonly string[];
}

/** Keys of the sender of a message or call. */
export const SENDER: NameKeys = {
  phone: ["from", "wa_id"],
  userId: "from_user_id",
  parentId: "from_parent_user_id",
  other: ["user_id", "parent_user_id"],
};

/** Keys of a contact, of a preference's customer and of a handover's sender. */
export const CONTACT: NameKeys = {
  phone: ["phone_number", "wa_id"],
  userId: "user_id",
  parentId: "parent_user_id",
  other: [],
};

/** Keys of the recipient of an operator's message. */
export const RECIPIENT: NameKeys = {
  phone: ["to"],
  userId: "to_user_id",
  parentId: "to_parent_user_id",
  other: ["recipient", "recipient_id", "recipient_user_id", "recipient_parent_user_id"],
};

/** Names under these keys; a user id counts wherever a phone may stand. */
export function namesIn(fields: Fields, keys: NameKeys): Names {
  const places = keys.phone.map((key) => fieldOf(fields, key));
  const others = keys.other.map((key) => fieldOf(fields, key));
  const ids = [...places, ...others].map(userIdOf).filter((id) => id !== null);
  const isParent = (id: string): boolean => PARENT_ID.test(id);
  return {
    phone: places.map(phoneOf).find((phone) => phone !== null) ?? null,
    userId: idOf(fieldOf(fields, keys.userId)) ?? ids.find((id) => !isParent(id)) ?? null,
    parentId: idOf(fieldOf(fields, keys.parentId)) ?? ids.find(isParent) ?? null,
  };
}

/** Reads Meta's `contacts` list. */
export function contactsOf(list: unknown): Contacts {
  const contacts = listOf(list).map((item) => {
    const contact = fieldsOf(item);
    const name = lineOf(fieldOf(fieldsOf(fieldOf(contact, "profile")), "name"), 256);
    return { ...namesIn(contact, CONTACT), name };
  });
  return new Map(
    contacts.flatMap((contact) =>
      keysOf(contact).flatMap((key) => (key === null ? [] : [[key, contact] as const])),
    ),
  );
}

/** Keys of a contact or a search for one, the surest first; a phone counts in any spelling. */
const keysOf = ({ userId, phone, parentId }: Names): (string | null)[] => [
  userId,
  phone === null ? null : canonicalPhone(phone),
  parentId,
];

/** The user with these names, completed from `contacts`; without any, the only contact there; null when unknown. */
export function contactOf(names: Names, contacts: Contacts): Contact | null {
  const keys = keysOf(names).filter((key) => key !== null);
  const contact =
    keys.length === 0 ? onlyOne(contacts) : keys.map((key) => contacts.get(key)).find((found) => found);
  const phone = names.phone ?? contact?.phone ?? null;
  // Customers are stored under their own id: a parent's stands in only where nothing else names them.
  const parentId = phone === null ? (names.parentId ?? contact?.parentId ?? null) : null;
  const userId = names.userId ?? contact?.userId ?? parentId;
  return phone === null && userId === null ? null : { phone, userId, name: contact?.name ?? null };
}

function onlyOne(contacts: Contacts): (Names & Contact) | undefined {
  // One contact has at most three keys.
  if (contacts.size > 3) return undefined;
  const [only, ...others] = new Set(contacts.values());
  return others.length === 0 ? only : undefined;
}
