import type { Customer } from "../../../lib/types/conversation.ts";
import { mergeCustomers } from "./merge-customers.ts";
import type { ConversationRow, CustomerRow, Session } from "./tables.ts";

/** `find_or_create_customer`; without the purge. */
export function findOrCreateCustomer(
  session: Session,
  tenantId: string,
  { phone, waUserId, name }: Pick<CustomerRow, "phone" | "waUserId" | "name">,
): CustomerRow {
  const { tables, newId } = session;
  const customers = tables.customers.filter((row) => row.tenantId === tenantId);
  const byUserId = customers.find((row) => waUserId !== null && row.waUserId === waUserId);
  const customer = byUserId ?? customers.find((row) => phone !== null && row.phone === phone);
  if (customer && customer.waUserId !== null && waUserId !== null && customer.waUserId !== waUserId) {
    customer.phone = null;
  } else if (customer) {
    const other = customers.find((row) => row !== customer && phone !== null && row.phone === phone);
    if (other && other.waUserId !== null) other.phone = null;
    const taken = other !== undefined && other.waUserId === null && !mergeCustomers(session, customer, other);
    customer.name = name ?? customer.name;
    customer.waUserId ??= waUserId;
    if (!taken) customer.phone = phone ?? customer.phone;
    return customer;
  }
  const created: CustomerRow = {
    id: newId(),
    tenantId,
    phone,
    waUserId,
    name,
    language: null,
    optedOutAt: null,
    optChangedAt: null,
  };
  tables.customers.push(created);
  return created;
}

/** `customer_json`. */
export const customerOf = ({ id, phone, waUserId, name, language, optedOutAt }: CustomerRow): Customer => ({
  id,
  phone,
  waUserId,
  name,
  language,
  optedOut: optedOutAt !== null,
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
