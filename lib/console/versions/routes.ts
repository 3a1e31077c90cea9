import type { VersionDiff, VersionsView } from "../../../contracts/console/versions.ts";
import { diffOf } from "../../company/changes.ts";
import type { ConsoleDeps } from "../http/deps.ts";
import { Refusal, type Route, type TenantCall } from "../http/route.ts";
import { settingsOf } from "../settings/settings.ts";
import { companyView, keepDraft, liveCompany } from "./draft.ts";
import { effectsOf } from "./effects.ts";
import { liveSchema, versionNumber } from "./input.ts";
import { saveVersion } from "./save.ts";

/** A whole knowledge base that was imported may stand in one draft. */
const MAX_DRAFT_BYTES = 2 * 1024 * 1024;
const MOST_LISTED = 100;
const YEAR_MS = 366 * 86_400_000;

/** Everybody reads; agents draft and propose; owners decide what is live. A draft changes nothing, so it leaves no audit line. */
export const VERSION_ROUTES: readonly Route<ConsoleDeps>[] = [
  {
    method: "GET",
    path: "/t/:tenant/company",
    access: "viewer",
    audit: null,
    handle: async (call) => Response.json(await companyView(call)),
  },
  {
    method: "POST",
    path: "/t/:tenant/draft",
    access: "agent",
    audit: null,
    maxJsonBytes: MAX_DRAFT_BYTES,
    handle: async (call) => Response.json(await keepDraft(call)),
  },
  {
    method: "POST",
    path: "/t/:tenant/draft/discard",
    access: "agent",
    audit: null,
    handle: async ({ deps, tenantId, who }) => {
      await deps.drafts.discard(tenantId, who.operatorId);
      return new Response(null, { status: 204 });
    },
  },
  {
    method: "GET",
    path: "/t/:tenant/versions",
    access: "viewer",
    audit: null,
    handle: listVersions,
  },
  {
    method: "GET",
    path: "/t/:tenant/versions/:number",
    access: "viewer",
    audit: null,
    handle: async (call) => Response.json(await compare(call)),
  },
  {
    method: "POST",
    path: "/t/:tenant/versions/proposals",
    access: "agent",
    audit: "version.propose",
    handle: (call) => saveVersion(call, false),
  },
  {
    method: "POST",
    path: "/t/:tenant/versions",
    access: "owner",
    audit: "version.save",
    handle: (call) => saveVersion(call, true),
  },
  {
    method: "POST",
    path: "/t/:tenant/versions/:number/live",
    access: "owner",
    audit: "version.make_live",
    handle: makeLive,
  },
];

async function listVersions(call: TenantCall<ConsoleDeps>): Promise<Response> {
  const { deps, tenantId } = call;
  const [live, versions, basis] = await Promise.all([
    liveCompany(call),
    deps.versions.list(tenantId, MOST_LISTED),
    deps.conversationFigures.basis(tenantId),
  ]);
  const toMs = deps.clock.now() + 60_000;
  const oldest = Math.min(toMs, ...versions.map(({ createdAt }) => createdAt));
  const range = { tenantId, fromMs: Math.max(oldest, toMs - YEAR_MS), toMs };
  const counting = {
    definition: settingsOf(basis?.settings).containment,
    decidedMs: basis?.decidedMs ?? 0,
  };
  const [effect, freshMs] = await Promise.all([
    effectsOf(deps.metrics, range, counting),
    deps.metrics.freshMs(),
  ]);
  return Response.json({
    live: live.tenant.version ?? null,
    versions: versions.map((version) => ({ ...version, effect: effect(version.number) })),
    freshMs: freshMs || null,
  } satisfies VersionsView);
}

/** A version beside the one that is live, or beside the one that it was made of. */
async function compare(call: TenantCall<ConsoleDeps>): Promise<VersionDiff> {
  const { deps, tenantId, query } = call;
  const version = await versionIn(call);
  if (query.get("against") === "live") {
    const { tenant, company } = await liveCompany(call);
    return {
      number: version.number,
      against: tenant.version ?? null,
      items: diffOf(company, version.company),
    };
  }
  const base = version.basedOn === null ? null : await deps.versions.find(tenantId, version.basedOn);
  return {
    number: version.number,
    against: base?.number ?? null,
    items: base ? diffOf(base.company, version.company) : [],
  };
}

async function makeLive(call: TenantCall<ConsoleDeps>): Promise<Response> {
  const { deps, tenantId } = call;
  const { expected } = await call.body(liveSchema);
  const { number } = await versionIn(call);
  const outcome = await deps.versions.makeLive(tenantId, number, expected);
  if (outcome === "moved")
    throw new Refusal(
      409,
      "live_changed",
      "Another version has become live meanwhile. Look at what is live now, then decide.",
    );
  return Response.json({ live: number });
}

async function versionIn({ deps, tenantId, params }: TenantCall<ConsoleDeps>) {
  const number = versionNumber(params.number);
  const version = number === null ? null : await deps.versions.find(tenantId, number);
  if (!version) throw new Refusal(404, "not_found", "There is no such version.");
  return version;
}
