import { fieldOf, fieldsOf, idOf, lineOf, listOf, phoneOf } from "../../../json/lenient.ts";

/** A WhatsApp user as Meta names them: by phone, by business-scoped user id, or both. */
export interface Person {
  phone: string | null;
  userId: string | null;
  name: string | null;
}

/** People by phone and by user id; user ids have a dot, so the keys never collide. */
export type People = ReadonlyMap<string, Person>;

/** People of Meta's `contacts` list. */
export function peopleOf(contacts: unknown): People {
  const people = listOf(contacts).map((item) => {
    const contact = fieldsOf(item);
    return {
      phone: phoneOf(fieldOf(contact, "wa_id")),
      userId: idOf(fieldOf(contact, "user_id")),
      name: lineOf(fieldOf(fieldsOf(fieldOf(contact, "profile")), "name"), 256),
    };
  });
  return new Map(
    people.flatMap((person) =>
      [person.phone, person.userId].flatMap((key) => (key === null ? [] : [[key, person]])),
    ),
  );
}

/** Person with this phone or user id, completed from `people`; without either, the only person there; null when unknown. */
export function personOf(phone: string | null, userId: string | null, people: People): Person | null {
  if (phone === null && userId === null) {
    // One person has at most two keys.
    if (people.size > 2) return null;
    const [only, ...others] = new Set(people.values());
    return only && others.length === 0 ? only : null;
  }
  const contact = people.get(userId ?? "") ?? people.get(phone ?? "");
  return {
    phone: phone ?? contact?.phone ?? null,
    userId: userId ?? contact?.userId ?? null,
    name: contact?.name ?? null,
  };
}
