import type { ConversationRow, Session, UserRow } from "./tables.ts";

/** `find_or_create_user` of 0003. */
export function findOrCreateUser(
  { tables, newId }: Session,
  tenantId: string,
  phone: string | null,
  waUserId: string | null,
  name: string | null,
): UserRow {
  const company = tables.users.filter((user) => user.tenantId === tenantId);
  const byUserId = company.find((user) => waUserId !== null && user.waUserId === waUserId);
  const person = byUserId ?? company.find((user) => phone !== null && user.phone === phone);
  if (person && person.waUserId !== null && waUserId !== null && person.waUserId !== waUserId) {
    person.phone = null;
  } else if (person) {
    const others = company.filter((user) => user !== person && phone !== null && user.phone === phone);
    for (const other of others) if (other.waUserId !== null && person.phone !== phone) other.phone = null;
    person.name = name ?? person.name;
    person.waUserId ??= waUserId;
    if (!others.some((other) => other.phone === phone)) person.phone = phone ?? person.phone;
    return person;
  }
  const created: UserRow = { id: newId(), tenantId, phone, waUserId, name, language: null };
  tables.users.push(created);
  return created;
}

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
  };
  tables.conversations.push(created);
  return created;
}
