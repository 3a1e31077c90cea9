import type { InvitationStored, NewInvitation, Team } from "../../types/console/team.ts";
import { newToken, sha256Hex } from "../http/token.ts";

/** Hours in which an invitation can be accepted: seven days. */
export const INVITATION_HOURS = 7 * 24;

/** Stores an invitation and gives the path of its page; the token stands in the fragment, which no server sees and no log has. */
export async function invite(
  team: Team,
  tenantId: string,
  invitation: Omit<NewInvitation, "tokenHash">,
): Promise<{ stored: InvitationStored; path: string }> {
  const token = newToken();
  const stored = await team.invite(tenantId, { ...invitation, tokenHash: await sha256Hex(token) });
  return { stored, path: `/console/${invitation.signsIn ? "sign-in" : "invitation"}#${token}` };
}
