import { createContext, use } from "react";
import type { Me, Membership, Role } from "../../../../contracts/console/access.ts";

/** The operator who is signed in, as pages see them. */
export interface Session {
  me: Me;
  /** Reads the session again, after a change of name, language or companies. */
  refresh(): Promise<unknown>;
}

export const SessionContext = createContext<Session | null>(null);
export const TenantContext = createContext<Membership | null>(null);

/** The session; throws where nobody is signed in. */
export function useSession(): Session {
  const session = use(SessionContext);
  if (!session) throw new Error("useSession needs somebody signed in");
  return session;
}

/** The company of the address with the operator's role in it; throws outside a company's pages. */
export function useTenant(): Membership {
  const tenant = use(TenantContext);
  if (!tenant) throw new Error("useTenant needs a company's address");
  return tenant;
}

const RANK: Record<Role, number> = { viewer: 0, agent: 1, owner: 2 };

/** True when the operator may do what needs this role; the server decides in any case. */
export const useMay = (needed: Role): boolean => RANK[useTenant().role] >= RANK[needed];
