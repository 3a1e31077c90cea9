/** The console's API: versions of a company's profile, intents and knowledge. Paths are below `/api/console`. */
import type { Company, CompanyProfile, Language, OwnIntent, Passage } from "../../lib/types/company.ts";
import type { DeclaredTool } from "../../lib/types/tools/declared.ts";

export type PassageText = Pick<Passage, "title" | "body" | "keywords">;

/** What a draft changes in the company that is live; what is absent stays. */
export interface Changes {
  /** Fields of the profile; null takes an optional one away. */
  profile?: { [Field in keyof CompanyProfile]?: CompanyProfile[Field] | null };
  /** Own words by intent; null: as shipped. */
  intents?: Record<string, OwnIntent | null>;
  /** Declared tools by name; null removes one. */
  tools?: Record<string, DeclaredTool | null>;
  /** Passages by `language/slug`; null removes one. */
  passages?: Record<string, PassageText | null>;
}

/** One thing that can be changed: `profile.hours`, `intents.greeting`, `passages.es/returns`. */
export type ItemName = string;

/** Why a draft cannot be saved or tried, by the field to change. */
export interface ContentProblem {
  item: ItemName;
  /** Within the item, e.g. `examples.es.3`; empty: the whole. */
  field: string;
  message: string;
}

/** What an operator has changed and not saved. */
export interface Draft {
  /** Version that was live when it was begun or last brought up to date. */
  basedOn: number | null;
  /** Grows with each change: a draft that another tab has changed is not overwritten. */
  revision: number;
  changes: Changes;
  updatedAt: number;
}

/** Another operator who has changed something and not saved it. */
export interface OtherDraft {
  operator: string;
  items: ItemName[];
  updatedAt: number;
}

/** An intent as shipped, or one of the company's own. */
export interface ShippedIntent {
  name: string;
  when: string;
  prompt: string;
  examples: Record<Language, readonly string[]>;
  tools: readonly string[];
  /** True for one of the company's own, which has no shipped words. */
  isOwn: boolean;
}

/** `GET /t/:tenant/company` */
export interface CompanyView {
  /** Number of the live version; null: none was ever saved. */
  live: number | null;
  company: Required<Company>;
  intents: ShippedIntent[];
  /** The caller's own draft. */
  draft: Draft | null;
  problems: ContentProblem[];
  others: OtherDraft[];
  /** Items that both this draft and a version made live since it was begun have changed. */
  conflicts: ItemName[];
}

/** `POST /t/:tenant/draft`: the whole draft. 409 `draft_changed` when its revision is not the stored one. */
export interface DraftInput {
  /** Of the draft that was changed; 0: there was none. */
  revision: number;
  basedOn: number | null;
  changes: Changes;
}
/** Answer; the draft is kept whether or not it has problems. */
export interface DraftKept {
  draft: Draft;
  problems: ContentProblem[];
}

/** `POST /t/:tenant/versions` (live at once, owners), `…/versions/proposals`: saves the caller's draft. 409 `conflict` with `conflicts`, 422 `not_valid` with `problems`. */
export interface VersionInput {
  /** Revision of the draft that the caller has seen. */
  revision: number;
  note: string;
}

/** What a version did while it was live. Shares are of counts that stand beside them; null: none. */
export interface VersionEffect {
  turns: number;
  /** Ratings, and their average from 1 to 5. */
  rated: number;
  csat: number | null;
  /** Conversations that ended, and the share of them that the company counts as contained. */
  ended: number;
  contained: number | null;
  /** Model cost of 1,000 turns in US dollars; null without turns or without a known price. */
  usdPer1000: number | null;
}

/** A version without its content. `GET /t/:tenant/versions` */
export interface VersionRow {
  number: number;
  /** Operator's name; null for a company folder that was loaded from a terminal. */
  author: string | null;
  note: string;
  createdAt: number;
  /** Last time that it was made live; null: never. */
  liveAt: number | null;
  isLive: boolean;
  /** The version that its author changed. */
  basedOn: number | null;
  /** What it changed. */
  items: ItemName[];
  effect: VersionEffect;
}
export interface VersionsView {
  live: number | null;
  versions: VersionRow[];
  /** Counters are complete through this time; null: there are none. */
  freshMs: number | null;
}

/** A changed item, as text before and after. */
export interface ItemDiff {
  item: ItemName;
  before: string | null;
  after: string | null;
}

/** `GET /t/:tenant/versions/:number?against=live|base` */
export interface VersionDiff {
  number: number;
  /** The version it is compared with; null: what stood there before versions were kept. */
  against: number | null;
  items: ItemDiff[];
}

/** `POST /t/:tenant/versions/:number/live`: 409 `live_changed` when another version has become live meanwhile. */
export interface MakeLiveInput {
  /** Version that the caller saw as live. */
  expected: number | null;
}

/** `POST /t/:tenant/knowledge/find`: what the bot's own search finds. */
export interface FindInput {
  question: string;
  language: Language;
  /** Searches the live passages, or those of the caller's draft. */
  version: "live" | "draft";
}
export interface FoundPassage {
  slug: string;
  language: Language;
  title: string;
  text: string;
  /** Relative to the best one, 0 to 1. */
  score: number;
  /** True for those that the bot reads. */
  read: boolean;
  /** True when it is longer than what the bot reads of a passage. */
  cut: boolean;
}

/**
 * `POST /t/:tenant/knowledge/import/pdf` and `…/csv` with the file's bytes, `…/page` with `{ url, language }`; `?language=` for a PDF.
 * Nothing is stored: the passages are proposals.
 */
export interface ImportView {
  passages: Passage[];
  /** What could not be taken, with the line of a CSV. */
  problems: { line: number | null; message: string }[];
  /** True when the source is longer than what is read of it. */
  cut: boolean;
}
