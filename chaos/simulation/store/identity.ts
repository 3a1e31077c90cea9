import type { IdentityChange } from "../../../lib/types/inbound.ts";
import { RefusedError } from "./data.ts";
import { mergePeople } from "./merge.ts";
import { type Session, tenantOf } from "./tables.ts";

/** A change as `receive_other_events` takes it: put aside while a reply to that person is on its way. */
export function receiveIdentityChange(session: Session, change: IdentityChange): void {
  const { tables, bugs } = session;
  const tenantId = tenantOf(tables, change.phoneNumberId)?.id;
  if (tenantId === undefined) return;
  const follows = tables.identityChangesAside.some(
    (aside) => aside.tenantId === tenantId && isNext(change, aside.change),
  );
  if (!follows && changeIdentity(session, tenantId, change)) return;
  if (bugs.has("names that cannot change yet are refused")) throw new RefusedError("40001");
  tables.identityChangesAside.push({ tenantId, change });
}

/** `apply_deferred_identity_changes`. */
export function applyIdentityChanges(session: Session, limit: number): void {
  const { tables } = session;
  for (const item of tables.identityChangesAside.slice(0, limit)) {
    const earlier = tables.identityChangesAside.slice(0, tables.identityChangesAside.indexOf(item));
    if (earlier.some(({ tenantId, change }) => tenantId === item.tenantId && isNext(item.change, change)))
      continue;
    if (changeIdentity(session, item.tenantId, item.change))
      tables.identityChangesAside.splice(tables.identityChangesAside.indexOf(item), 1);
  }
}

/** `follows_identity_change`. */
const isNext = (next: IdentityChange, first: IdentityChange): boolean =>
  (next.userId.previous !== null && next.userId.previous === first.userId.current) ||
  (next.phone.previous !== null && next.phone.previous === first.phone.current);

/** `change_identity`: false, and nothing is done, while a reply to that person is on its way. */
function changeIdentity(session: Session, tenantId: string, { userId }: IdentityChange): boolean {
  const company = session.tables.users.filter((user) => user.tenantId === tenantId);
  const person = company.find(({ waUserId }) => waUserId !== null && waUserId === userId.previous);
  if (!person) return true;
  const other = company.find((user) => user !== person && user.waUserId === userId.current);
  if (other) {
    if (!mergePeople(session, other, person)) return false;
    const taken = company.some(
      ({ id, phone }) => id !== other.id && id !== person.id && phone === person.phone,
    );
    if (!taken) other.phone ??= person.phone;
    return true;
  }
  person.waUserId = userId.current ?? person.waUserId;
  return true;
}
