import type { Role, TeamMember } from "../../contracts/console/access.ts";
import { oneLine } from "../../host/machine/terminal.ts";
import { INVITATION_HOURS, invite } from "../../lib/console/team/invite.ts";
import type { AuditDetail, AuditLog } from "../../lib/types/console/audit.ts";
import type { Team } from "../../lib/types/console/team.ts";

export const ACTIONS = ["invite", "list", "role", "reset", "remove"] as const;
export type Action = (typeof ACTIONS)[number];

/** What the command line asks for. */
export interface Asked {
  action: Action;
  email: string;
  role: Role;
}

export interface Place {
  company: { tenantId: string; name: string };
  team: Team;
  audit: AuditLog;
  /** Where the console is reached. */
  address: string;
}

/** What is printed, and whether it was done. */
interface Result {
  outcome: "done" | "refused";
  text: string;
}

const RESET_HOURS = 24;
const REFUSED = {
  member: "belongs to the team already. Change the role, or print a link for a new password: role, reset.",
  not_member: "has no access to this company: invite them.",
  too_many: "is not invited: 200 invitations are open. Withdraw some of them in the console.",
};

/** Does what was asked for, and writes it into the company's audit log. */
export async function perform(asked: Asked, place: Place): Promise<Result> {
  switch (asked.action) {
    case "list":
      return list(place);
    case "role":
      return changeRole(asked, place);
    case "remove":
      return remove(asked, place);
    default:
      return sendLink(asked, place);
  }
}

async function list({ team, company }: Place): Promise<Result> {
  const members = await team.list(company.tenantId);
  if (members.length === 0)
    return done("Nobody has access yet: npm run operator -- invite <email> --role owner");
  const width = Math.max(...members.map(({ email }) => email.length));
  return done(members.map((member) => describe(member, width)).join("\n"));
}

function describe(
  { email, name, role, operatorId, expiresAt, lastSeenAt }: TeamMember,
  width: number,
): string {
  const state = operatorId === null ? `invited until ${minute(expiresAt)}` : oneLine(name);
  const seen = lastSeenAt === null ? "" : `  seen ${minute(lastSeenAt)}`;
  return `${email.padEnd(width)}  ${role.padEnd(6)}  ${state}${seen}`;
}

async function sendLink({ action, email, role }: Asked, place: Place): Promise<Result> {
  const { company, team } = place;
  const resetsPassword = action === "reset";
  await log(place, `operator.${action}`, resetsPassword ? { email } : { email, role });
  const { stored, path } = await invite(team, company.tenantId, {
    ...{ email, role, resetsPassword, invitedBy: null },
    hours: resetsPassword ? RESET_HOURS : INVITATION_HOURS,
  });
  if ("refused" in stored) return refused(`${email} ${REFUSED[stored.refused]}`);
  const who = resetsPassword
    ? `${email} sets a new password`
    : `${email} joins ${oneLine(company.name)} as ${role}`;
  return done(
    `${who} with this link. It works once, until ${minute(stored.expiresAt)}, for whoever has it:\n\n  ${place.address}${path}\n`,
  );
}

async function changeRole({ email, role }: Asked, place: Place): Promise<Result> {
  const { company, team } = place;
  const member = await find(email, place);
  if (!member) return refused(`${email} ${REFUSED.not_member}`);
  if (member.operatorId === null)
    return refused(`${email} has not accepted yet: invite them again with this role.`);
  await log(place, "operator.role", { email, role });
  const outcome = await team.change(company.tenantId, member.operatorId, role);
  return outcome === "done"
    ? done(`${email} is ${role} of ${oneLine(company.name)} now.`)
    : refusedChange(outcome, email, company);
}

async function remove({ email }: Asked, place: Place): Promise<Result> {
  const { company, team } = place;
  const member = await find(email, place);
  if (!member) return refused(`${email} has no access to ${oneLine(company.name)}.`);
  await log(place, "operator.remove", { email });
  if (member.operatorId === null) {
    await team.withdraw(company.tenantId, member.invitationId ?? "");
    return done(`The invitation of ${email} is withdrawn.`);
  }
  const outcome = await team.change(company.tenantId, member.operatorId, null);
  return outcome === "done"
    ? done(`${email} has no access to ${oneLine(company.name)} any more.`)
    : refusedChange(outcome, email, company);
}

const find = async (email: string, { company, team }: Place): Promise<TeamMember | undefined> =>
  (await team.list(company.tenantId)).find((each) => each.email === email);

/** `not_found`: removed by somebody else meanwhile. */
const refusedChange = (why: "last_owner" | "not_found", email: string, { name }: Place["company"]): Result =>
  refused(
    why === "last_owner"
      ? `${email} is the only owner of ${oneLine(name)}: invite another owner first.`
      : `${email} has no access to ${oneLine(name)}.`,
  );

const log = ({ audit, company }: Place, act: string, detail: AuditDetail): Promise<void> =>
  audit.add(company.tenantId, {
    ...{ operatorId: null, operator: "npm run operator", conversationId: null, look: false },
    ...{ act, detail },
  });

const done = (text: string): Result => ({ outcome: "done", text });
const refused = (text: string): Result => ({ outcome: "refused", text });

const minute = (atMs: number | null): string =>
  `${new Date(atMs ?? 0).toISOString().slice(0, 16).replace("T", " ")} UTC`;
