import type { IdentityChange } from "../../../lib/types/inbound.ts";
import { RefusedError } from "./data.ts";
import { mergeCustomers } from "./merge-customers.ts";
import { type Session, tenantOf } from "./tables.ts";

/** `receive_identity_change`. */
export function receiveIdentityChange(session: Session, change: IdentityChange): void {
  const { tables, bugs } = session;
  const tenantId = tenantOf(tables, change.phoneNumberId)?.id;
  if (tenantId === undefined) return;
  const follows = tables.deferredIdentityChanges.some(
    (aside) => aside.tenantId === tenantId && isNext(change, aside.change),
  );
  if (!follows && changeIdentity(session, tenantId, change)) return;
  if (bugs.has("names that cannot change yet are refused")) throw new RefusedError("40001");
  tables.deferredIdentityChanges.push({ tenantId, change });
}

/** `apply_deferred_identity_changes`. */
export function applyDeferredChanges(session: Session, limit: number): void {
  const { tables } = session;
  for (const item of tables.deferredIdentityChanges.slice(0, limit)) {
    const earlier = tables.deferredIdentityChanges.slice(0, tables.deferredIdentityChanges.indexOf(item));
    if (earlier.some(({ tenantId, change }) => tenantId === item.tenantId && isNext(item.change, change)))
      continue;
    if (changeIdentity(session, item.tenantId, item.change))
      tables.deferredIdentityChanges.splice(tables.deferredIdentityChanges.indexOf(item), 1);
  }
}

/** `follows_identity_change`. */
const isNext = (next: IdentityChange, first: IdentityChange): boolean =>
  (next.userId.previous !== null && next.userId.previous === first.userId.current) ||
  (next.phone.previous !== null && next.phone.previous === first.phone.current);

/** `change_identity`. */
function changeIdentity(session: Session, tenantId: string, { userId }: IdentityChange): boolean {
  const customers = session.tables.customers.filter((user) => user.tenantId === tenantId);
  const customer = customers.find(({ waUserId }) => waUserId !== null && waUserId === userId.previous);
  if (!customer) return true;
  const other = customers.find((user) => user !== customer && user.waUserId === userId.current);
  if (other) {
    if (!mergeCustomers(session, other, customer)) return false;
    const taken = customers.some(
      ({ id, phone }) => id !== other.id && id !== customer.id && phone === customer.phone,
    );
    if (!taken) other.phone ??= customer.phone;
    return true;
  }
  customer.waUserId = userId.current ?? customer.waUserId;
  return true;
}
