import type { Membership } from "../../../../contracts/console/access.ts";
import { recall, remember } from "../../shared/memory.ts";

/** The company that was open last on this browser, else the first; null without any. */
export function lastTenant(memberships: readonly Membership[]): string | null {
  const last = recall("tenant");
  return (memberships.find(({ tenantId }) => tenantId === last) ?? memberships[0])?.tenantId ?? null;
}

/** Notes the company that is open, by its id. */
export const rememberTenant = (tenantId: string): void => remember("tenant", tenantId);
