/** Ports of the console: versions of what a company says, and trials of them. */
import type { Changes, ContentProblem, Draft, OtherDraft } from "../../../contracts/console/versions.ts";
import type { Company, Tenant } from "../company.ts";
import type { RankedKnowledge } from "../tools.ts";

/** What a company says now. */
export interface LiveCompany {
  tenant: Tenant;
  company: Required<Company>;
}

/** A version with its content. */
export interface StoredVersion {
  number: number;
  author: string | null;
  note: string;
  createdAt: number;
  liveAt: number | null;
  isLive: boolean;
  basedOn: number | null;
  company: Required<Company>;
  /** Names of the items that it changed, as they were found when it was saved. */
  items: string[];
}

/** What is saved as a version. */
export interface NewVersion {
  company: Required<Company>;
  note: string;
  items: readonly string[];
  /** Null for a company folder. */
  operatorId: string | null;
  /** Version that must still be live. */
  expected: number | null;
  /** True makes it live in the same statement. */
  live: boolean;
  /** Draft that it comes from, and goes with it. */
  draftRevision: number;
}

export type SaveOutcome =
  | { outcome: "saved"; number: number }
  /** Another version has become live. */
  | { outcome: "moved" }
  /** Another tab has changed the draft. */
  | { outcome: "draft_changed" }
  /** It says what is live already. */
  | { outcome: "same"; number: number | null };

export interface Versions {
  /** Null when there is no such company. */
  live(tenantId: string): Promise<LiveCompany | null>;
  /** Newest first, without content. */
  list(tenantId: string, limit: number): Promise<Omit<StoredVersion, "company">[]>;
  find(tenantId: string, number: number): Promise<StoredVersion | null>;
  save(tenantId: string, version: NewVersion): Promise<SaveOutcome>;
  /** `unknown`: there is no such version; `moved`: `expected` is not live any more. */
  makeLive(tenantId: string, number: number, expected: number | null): Promise<"live" | "unknown" | "moved">;
}

export interface Drafts {
  own(tenantId: string, operatorId: string): Promise<Draft | null>;
  others(tenantId: string, operatorId: string): Promise<(Omit<OtherDraft, "items"> & { changes: Changes })[]>;
  /** Null when the stored revision is another one. Empty changes keep an empty draft. */
  keep(tenantId: string, operatorId: string, draft: Omit<Draft, "updatedAt">): Promise<Draft | null>;
  discard(tenantId: string, operatorId: string): Promise<void>;
}

/** What a trial answers with: what is live, the operator's own draft, or a version by its number. */
export type TrialChoice = "live" | "draft" | number;

/** A company to try: nothing of it is live, and nothing is stored. */
export interface Trial {
  /** As a claim has it: profile, own words for intents, version. */
  tenant: Tenant;
  /** Searches the trial's passages, as `lookup` does. */
  knowledge: RankedKnowledge;
  /** Names of declared tools that are not, or not so, what is live. */
  changedTools: readonly string[];
}

/** Composes a company as it would be with a version or an unsaved draft. */
export interface Trials {
  /** Problems when the draft is not valid; null when there is no such company, version or draft. */
  open(
    tenantId: string,
    operatorId: string,
    choice: TrialChoice,
  ): Promise<{ trial: Trial } | { problems: ContentProblem[] } | null>;
  /** The passages that are live or in the operator's draft, whatever problems the rest of it has; null: no such company. */
  knowledge(tenantId: string, operatorId: string, choice: "live" | "draft"): Promise<RankedKnowledge | null>;
}
