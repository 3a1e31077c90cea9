import { z } from "zod";
import type { Invited, TeamMember } from "../../../contracts/console/access.ts";
import { email, role, uuid } from "../access/input.ts";
import type { ConsoleDeps } from "../http/deps.ts";
import { Refusal, type Route, type TenantCall } from "../http/route.ts";
import { INVITATION_HOURS, invite } from "./invite.ts";

const inviteBody = z.object({ email, role });
const roleBody = z.object({ role });

type OfTeam = TenantCall<ConsoleDeps>;

/** The team of a company. */
export const TEAM_ROUTES: readonly Route<ConsoleDeps>[] = [
  { method: "GET", path: "/t/:tenant/operators", access: "viewer", audit: null, handle: list },
  {
    method: "POST",
    path: "/t/:tenant/invitations",
    access: "owner",
    audit: async ({ body }) => ({ act: "operator.invite", detail: await body(inviteBody) }),
    handle: inviteFromPage,
  },
  {
    method: "POST",
    path: "/t/:tenant/invitations/:invitation/withdraw",
    access: "owner",
    audit: "operator.withdraw",
    handle: withdraw,
  },
  {
    method: "POST",
    path: "/t/:tenant/operators/:operator/role",
    access: "owner",
    audit: async ({ body, params }) => ({
      act: "operator.role",
      detail: { operator: params.operator ?? "", ...(await body(roleBody)) },
    }),
    handle: async (call) => change(call, (await call.body(roleBody)).role),
  },
  {
    method: "POST",
    path: "/t/:tenant/operators/:operator/remove",
    access: "owner",
    audit: "operator.remove",
    handle: (call) => change(call, null),
  },
];

/** Colleagues for everybody; who is invited and when they were here, for owners. */
async function list({ deps, tenantId, role: own }: OfTeam): Promise<Response> {
  const team = await deps.team.list(tenantId);
  const shown =
    own === "owner"
      ? team
      : team
          .filter(({ operatorId }) => operatorId !== null)
          .map((member) => ({ ...member, lastSeenAt: null }));
  return Response.json(shown satisfies TeamMember[]);
}

async function inviteFromPage({ deps, tenantId, who, body, request }: OfTeam): Promise<Response> {
  const invited = await body(inviteBody);
  const { stored, path } = await invite(deps.team, tenantId, {
    ...invited,
    hours: INVITATION_HOURS,
    invitedBy: who.operatorId,
  });
  if ("refused" in stored) {
    throw stored.refused === "too_many"
      ? new Refusal(409, "too_many_invitations", "200 invitations are open. Withdraw some of them first.")
      : new Refusal(409, "already_member", `${invited.email} belongs to the team already.`);
  }
  // The page's own address (a write is admitted only with it): where the owner is, the invited person gets too.
  const link = `${request.headers.get("origin")}${path}`;
  return Response.json({ ...stored, link } satisfies Invited, { status: 201 });
}

async function withdraw({ deps, tenantId, params }: OfTeam): Promise<Response> {
  const id = uuid.safeParse(params.invitation).data;
  if (id === undefined || !(await deps.team.withdraw(tenantId, id)))
    throw new Refusal(404, "not_found", "This invitation was accepted or withdrawn already.");
  return new Response(null, { status: 204 });
}

async function change(call: OfTeam, to: TeamMember["role"] | null): Promise<Response> {
  const { deps, tenantId, params } = call;
  const id = uuid.safeParse(params.operator).data;
  const outcome = id === undefined ? "not_found" : await deps.team.change(tenantId, id, to);
  if (outcome === "not_found") throw new Refusal(404, "not_found", "Nobody of the team has this id.");
  if (outcome === "last_owner")
    throw new Refusal(
      409,
      "last_owner",
      "This is the company's only owner. Make somebody else an owner first.",
    );
  // The conversations that they had may wait again.
  deps.queueChanged(tenantId);
  return new Response(null, { status: 204 });
}
