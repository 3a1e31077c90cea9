/** Port of the team of a company. */
import type { Role, TeamMember } from "../../../contracts/console/access.ts";

export interface NewInvitation {
  tokenHash: string;
  email: string;
  role: Role;
  /** Hours until it expires. */
  hours: number;
  /** Null: from a command. */
  invitedBy: string | null;
  signsIn?: boolean;
  resetsPassword?: boolean;
}

/** Stored, or why not: a member already, no member whose password could be reset, too many open ones. */
export type InvitationStored =
  | { invitationId: string; expiresAt: number }
  | { refused: "member" | "not_member" | "too_many" };

export interface Team {
  /** Members, then open invitations. */
  list(tenantId: string): Promise<TeamMember[]>;
  invite(tenantId: string, invitation: NewInvitation): Promise<InvitationStored>;
  /** False when there is no such open invitation. */
  withdraw(tenantId: string, invitationId: string): Promise<boolean>;
  /** Changes a role, or removes with null. A company keeps its last owner. */
  change(
    tenantId: string,
    operatorId: string,
    role: Role | null,
  ): Promise<"done" | "not_found" | "last_owner">;
}
