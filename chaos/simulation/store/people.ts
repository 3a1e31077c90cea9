import type { Customer } from "../../../lib/types/conversation.ts";
import { mergePeople } from "./merge.ts";
import type { ConversationRow, Session, UserRow } from "./tables.ts";

/** `find_or_create_customer`; nobody is purged here. */
export function findOrCreateUser(
  session: Session,
  tenantId: string,
  { phone, waUserId, name }: Pick<UserRow, "phone" | "waUserId" | "name">,
): UserRow {
  const { tables, newId } = session;
  const company = tables.users.filter((user) => user.tenantId === tenantId);
  const byUserId = company.find((user) => waUserId !== null && user.waUserId === waUserId);
  const person = byUserId ?? company.find((user) => phone !== null && user.phone === phone);
  if (person && person.waUserId !== null && waUserId !== null && person.waUserId !== waUserId) {
    person.phone = null;
  } else if (person) {
    const other = company.find((user) => user !== person && phone !== null && user.phone === phone);
    if (other && other.waUserId !== null) other.phone = null;
    const taken = other !== undefined && other.waUserId === null && !mergePeople(session, person, other);
    person.name = name ?? person.name;
    person.waUserId ??= waUserId;
    if (!taken) person.phone = phone ?? person.phone;
    return person;
  }
  const created: UserRow = {
    id: newId(),
    tenantId,
    phone,
    waUserId,
    name,
    language: null,
    optedOutAt: null,
    optChangedAt: null,
  };
  tables.users.push(created);
  return created;
}

/** `customer_json`. */
export const personOf = ({ id, phone, waUserId, name, language, optedOutAt }: UserRow): Customer => ({
  id,
  phone,
  waUserId,
  name,
  language,
  optedOut: optedOutAt !== null,
});

/** The person's conversation, made when there is none. */
export function conversationOf({ tables, newId }: Session, person: UserRow): ConversationRow {
  const known = tables.conversations.find(({ userId }) => userId === person.id);
  if (known) return known;
  const created: ConversationRow = {
    id: newId(),
    tenantId: person.tenantId,
    userId: person.id,
    status: "bot",
    windowEndsAt: null,
    receivedSeq: 0,
    answeredSeq: 0,
    openSince: null,
    epoch: 0,
    leaseExpiresAt: null,
    retryAt: null,
    attempts: 0,
    previousRung: null,
    limitToldUntil: null,
    pairFreeAt: null,
    usageDay: null,
    usageTurns: 0,
    usageSoundS: 0,
    repeat: null,
    joined: [],
  };
  tables.conversations.push(created);
  return created;
}
