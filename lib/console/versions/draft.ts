import type { CompanyView, DraftInput, DraftKept, ItemName } from "../../../contracts/console/versions.ts";
import { changesBetween, effective, itemsOf, withChanges } from "../../company/changes.ts";
import { checkCompany } from "../../company/check.ts";
import { isShipped, withOwn } from "../../intents/own.ts";
import { INTENTS } from "../../intents/table.ts";
import type { LiveCompany, Versions } from "../../types/console/versions.ts";
import type { ConsoleDeps } from "../http/deps.ts";
import { Refusal, type TenantCall } from "../http/route.ts";
import { draftSchema } from "./input.ts";

type Draft = NonNullable<CompanyView["draft"]>;

/** The company that is live. Throws Refusal (404) for none. */
export async function liveCompany({
  deps,
  tenantId,
}: Pick<TenantCall<ConsoleDeps>, "deps" | "tenantId">): Promise<LiveCompany> {
  const live = await deps.versions.live(tenantId);
  if (!live) throw new Refusal(404, "not_found", "There is no such company.");
  return live;
}

/** What is live, the caller's own draft, and what stands in its way. */
export async function companyView(call: TenantCall<ConsoleDeps>): Promise<CompanyView> {
  const { deps, tenantId, who } = call;
  const [live, draft, others] = await Promise.all([
    liveCompany(call),
    deps.drafts.own(tenantId, who.operatorId),
    deps.drafts.others(tenantId, who.operatorId),
  ]);
  return {
    live: live.tenant.version ?? null,
    company: live.company,
    intents: shownIntents(draft ? withChanges(live.company, draft.changes) : live.company),
    draft,
    problems: draft ? problemsOf(live, draft.changes) : [],
    others: others.map(({ changes, ...other }) => ({ ...other, items: itemsOf(changes) })),
    conflicts: draft ? await conflictsOf(tenantId, live, draft, deps.versions) : [],
  };
}

/** The shipped intents as shipped, then the company's own. */
function shownIntents({ intents }: LiveCompany["company"]): CompanyView["intents"] {
  const own = withOwn(intents).filter(({ name }) => !isShipped(name));
  return [...INTENTS, ...own].map(({ name, when, prompt, examples, tools }) => {
    const isOwn = !isShipped(name);
    return { name, when, prompt: isOwn ? "" : prompt, examples, tools, isOwn };
  });
}

/** Keeps the caller's draft, whatever problems it has; refuses one that another tab has changed meanwhile. */
export async function keepDraft(call: TenantCall<ConsoleDeps>): Promise<DraftKept> {
  const { deps, tenantId, who } = call;
  const input: DraftInput = await call.body(draftSchema);
  const live = await liveCompany(call);
  const changes = withoutEmpty(effective(live.company, input.changes));
  const draft = await deps.drafts.keep(tenantId, who.operatorId, { ...input, changes });
  if (!draft) throw draftChanged();
  return { draft, problems: problemsOf(live, changes) };
}

export const draftChanged = (): Refusal =>
  new Refusal(
    409,
    "draft_changed",
    "Your draft was changed in another tab or window. Load it, then change it again.",
  );

const problemsOf = ({ company }: LiveCompany, changes: Draft["changes"]) => {
  const checked = checkCompany(withChanges(company, changes));
  return "problems" in checked ? checked.problems : [];
};

/** Items of a draft that a version has changed which became live after the draft was begun. */
export async function conflictsOf(
  tenantId: string,
  live: LiveCompany,
  { basedOn, changes }: Pick<Draft, "basedOn" | "changes">,
  versions: Versions,
): Promise<ItemName[]> {
  const now = live.tenant.version ?? null;
  if (basedOn === now || now === null) return [];
  // Before the first version was saved, what was live is kept as number 1.
  const base = await versions.find(tenantId, basedOn ?? 1);
  if (!base) return [];
  const theirs = new Set(itemsOf(changesBetween(base.company, live.company)));
  return itemsOf(changes).filter((item) => theirs.has(item));
}

const withoutEmpty = (changes: Draft["changes"]): Draft["changes"] =>
  Object.fromEntries(Object.entries(changes).filter(([, section]) => Object.keys(section ?? {}).length > 0));
