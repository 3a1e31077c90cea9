import type { Changes } from "../../../contracts/console/versions.ts";
import { changesBetween, withChanges } from "../../company/changes.ts";
import { checkCompany } from "../../company/check.ts";
import type { Company, Passage } from "../../types/company.ts";
import type { Drafts, LiveCompany, Trial, Trials, Versions } from "../../types/console/versions.ts";
import type { RankedKnowledge } from "../../types/tools.ts";

/** A passage that a trial has in place of the live one; without a title it has none. */
type Replaced = Pick<Passage, "slug" | "language"> & Partial<Passage>;

interface Deps {
  versions: Versions;
  drafts: Drafts;
  /** Searches live passages with these in place of theirs. */
  search(replaced: readonly Replaced[]): RankedKnowledge;
}

/** Composes trials: what a turn would read if a version or a draft were live. */
export const createTrials = (deps: Deps): Trials => ({
  async open(tenantId, operatorId, choice) {
    const live = await deps.versions.live(tenantId);
    if (!live) return null;
    if (choice === "live") return { trial: trialOf(live, live.company, live.tenant.version ?? null, deps) };
    if (typeof choice === "number") {
      const version = await deps.versions.find(tenantId, choice);
      return version && { trial: trialOf(live, version.company, choice, deps) };
    }
    const draft = await deps.drafts.own(tenantId, operatorId);
    if (!draft) return null;
    const checked = checkCompany(withChanges(live.company, draft.changes));
    return "problems" in checked ? checked : { trial: trialOf(live, checked.company, null, deps) };
  },
  async knowledge(tenantId, operatorId, choice) {
    const [live, draft] = await Promise.all([
      deps.versions.live(tenantId),
      choice === "draft" ? deps.drafts.own(tenantId, operatorId) : null,
    ]);
    return live && deps.search(replacedIn(draft?.changes.passages));
  },
});

function trialOf(
  { tenant, company: live }: LiveCompany,
  company: Required<Company>,
  version: number | null,
  deps: Deps,
): Trial {
  const { profile, intents, tools } = company;
  const changes = changesBetween(live, company);
  return {
    tenant: { ...tenant, profile, intents, tools, version },
    knowledge: deps.search(replacedIn(changes.passages)),
    changedTools: Object.keys(changes.tools ?? {}),
  };
}

const replacedIn = (passages: Changes["passages"] = {}): Replaced[] =>
  Object.entries(passages).map(([key, words]) => {
    const [language = "", slug = ""] = key.split("/", 2);
    return { slug, language: language as Passage["language"], ...words };
  });
