import type { Database } from "../db/client.ts";
import { companyOfNumber, createTeam } from "../db/console/operators.ts";
import { invite } from "../lib/console/team/invite.ts";

/** A working day; each start prints a new link. */
const HOURS = 12;

/** Path of the console's page with a link that signs in once as the owner of the demo company; the link of the start before ends. */
export async function demoOwnerPath(database: Database, phoneNumberId: string): Promise<string> {
  const company = await companyOfNumber(database, phoneNumberId);
  if (company === null) throw new Error(`number ${phoneNumberId} has no company`);
  const { path } = await invite(createTeam(database), company.tenantId, {
    ...{ email: "owner@example.com", role: "owner", hours: HOURS, invitedBy: null, signsIn: true },
  });
  return path;
}
