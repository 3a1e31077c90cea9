import type { Customer } from "../../../lib/types/conversation.ts";
import { mergeCustomers } from "./merge-customers.ts";
import type { ConversationRow, CustomerRow, Session } from "./tables.ts";

/** Names under which a message or event comes; `phones` are the spellings of one phone, the delivered one first. */
interface Names extends Pick<CustomerRow, "waUserId" | "name"> {
  phones: readonly string[];
}

/** `customer_of_message`. */
export function customerOfMessage(session: Session, tenantId: string, names: Names): CustomerRow {
  const customer = ensureCustomer(session, tenantId, names);
  const [delivered] = names.phones;
  const taken = session.tables.customers.some(
    (row) => row.tenantId === tenantId && row.phone === (delivered ?? null),
  );
  if (delivered !== undefined && !taken && hasPhone(customer, names.phones)) customer.phone = delivered;
  return customer;
}

const hasPhone = ({ phone }: CustomerRow, phones: readonly string[]): boolean =>
  phone !== null && phones.includes(phone);

/** `ensure_customer`; without the purge. */
function ensureCustomer(session: Session, tenantId: string, names: Names): CustomerRow {
  const { tables, newId } = session;
  const { phones, waUserId, name } = names;
  for (;;) {
    const customer = bestMatch(tables.customers, tenantId, names);
    if (!customer) break;
    if (customer.waUserId === null || waUserId === null || customer.waUserId === waUserId) {
      updateCustomer(session, customer, names);
      return customer;
    }
    customer.phone = null;
  }
  const created: CustomerRow = {
    id: newId(),
    tenantId,
    phone: phones[0] ?? null,
    acceptedPhone: null,
    waUserId,
    name,
    language: null,
    optedOutAt: null,
    optChangedAt: null,
    wayBackToldAt: null,
  };
  tables.customers.push(created);
  return created;
}

/** By user id; else by phone, whoever has a user id first, then whoever has the delivered spelling. */
function bestMatch(
  rows: readonly CustomerRow[],
  tenantId: string,
  { phones, waUserId }: Names,
): CustomerRow | undefined {
  const customers = rows.filter((row) => row.tenantId === tenantId);
  const byUserId = customers.find((row) => waUserId !== null && row.waUserId === waUserId);
  const byPhone = customers
    .filter((row) => hasPhone(row, phones))
    .sort((a, b) => rank(a, phones) - rank(b, phones));
  return byUserId ?? byPhone[0];
}

const rank = (row: CustomerRow, [delivered]: readonly string[]): number =>
  (row.waUserId === null ? 2 : 0) + (row.phone === delivered ? 0 : 1);

/** `update_customer`. */
function updateCustomer(session: Session, customer: CustomerRow, { phones, waUserId, name }: Names): void {
  const others = session.tables.customers.filter(
    (row) => row.tenantId === customer.tenantId && row !== customer && hasPhone(row, phones),
  );
  let taken = false;
  for (const other of others) {
    if (other.waUserId !== null) other.phone = null;
    else if (!mergeCustomers(session, customer, other)) taken = true;
  }
  customer.name = name ?? customer.name;
  customer.waUserId ??= waUserId;
  if (!taken && !hasPhone(customer, phones)) customer.phone = phones[0] ?? customer.phone;
}

/** `customer_json`. */
export const customerOf = ({ acceptedPhone, optedOutAt, ...row }: CustomerRow): Customer => ({
  id: row.id,
  phone: row.phone,
  waUserId: row.waUserId,
  name: row.name,
  language: row.language,
  optedOut: optedOutAt !== null,
  ...(acceptedPhone !== null && { acceptedPhone }),
});

/** `find_or_create_conversation`. */
export function conversationOf({ tables, newId }: Session, customer: CustomerRow): ConversationRow {
  const known = tables.conversations.find(({ customerId }) => customerId === customer.id);
  if (known) return known;
  const created: ConversationRow = {
    id: newId(),
    tenantId: customer.tenantId,
    customerId: customer.id,
    status: "bot",
    assignee: null,
    windowEndsAt: null,
    receivedSeq: 0,
    answeredSeq: 0,
    unreadSince: null,
    epoch: 0,
    leaseExpiresAt: null,
    retryAt: null,
    attempts: 0,
    previousRung: null,
    nextLimitNoticeAt: null,
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
