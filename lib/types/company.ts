/** The company behind a number. */
import type { DeclaredTool, SealedSecrets } from "./tools/declared.ts";

/** Languages of the bot's fixed texts. */
export type Language = "es" | "en" | "pt";

export type Weekday = "sunday" | "monday" | "tuesday" | "wednesday" | "thursday" | "friday" | "saturday";

/**
 * Opening hours that can be computed, by weekday; a day without ranges is closed. A range is `10:00-20:00`; one that ends before it
 * begins, `20:00-02:00`, goes on after midnight.
 */
export type OpeningHours = { readonly [Day in Weekday]?: readonly string[] } & {
  /** Single dates, `2026-12-24` or `12-25` for every year, instead of their weekday; empty: closed. */
  readonly exceptions?: Readonly<Record<string, readonly string[]>>;
};

/** Facts about the company, stored as data (`tenants.profile`) and written by the company itself. */
export interface CompanyProfile {
  name: string;
  /** One or two sentences about what the company does. */
  about: string;
  /** Tone of the replies, e.g. "friendly, short, informal (tú)". */
  tone: string;
  /** Opening hours in words. */
  hours: string;
  /** The same to be computed; absent: what `hours` says beyond doubt. */
  openingHours?: OpeningHours;
  /** IANA time zone, e.g. `America/Lima`. */
  timeZone: string;
  /** The language used when the customer's is not known. */
  language: Language;
  /** Other ways to reach the company (phone, e-mail, page), as text; may be empty. */
  contact: string;
  /** Approved template sent when the 24-hour window closes before the reply goes out, with its code per language. */
  reengagement?: { name: string; languageCodes: Partial<Record<Language, string>> };
  /** Days that customers' files are archived, up to 365; 0 or absent: not archived. */
  mediaDays?: number;
  /** Models that answer; absent: as the deployment is configured. */
  modelProfile?: ModelProfile;
  /** Mere greetings and thanks are answered in fixed text, in these words or, with `true`, in the shipped ones; absent: by a model. */
  courtesies?: boolean | Partial<Record<"greeting" | "thanks", Partial<Record<Language, readonly string[]>>>>;
}

/** What answers are worth: which models write them. */
export type ModelProfile = "quality" | "balanced" | "economy";

/** How much an intent asks of the model that replies: a profile has a model for each tier. */
export type Tier = "simple" | "standard" | "hard";

/** A company's own words for a shipped intent, of which what is absent is as shipped; or an intent of its own, by a name of its own. */
export interface OwnIntent {
  /** When it applies, in words for the classifier. */
  when?: string;
  /** Instructions for the model that replies. */
  prompt?: string;
  /** What customers write, in these languages. */
  examples?: Partial<Record<Language, readonly string[]>>;
  /** Tools that the reply may use: built in or declared. */
  tools?: readonly string[];
  tier?: Tier;
  /** True takes a shipped intent away. */
  off?: true;
}

/** A company's intents by name. */
export type OwnIntents = Readonly<Record<string, OwnIntent>>;

export interface Tenant {
  id: string;
  phoneNumberId: string;
  profile: CompanyProfile;
  /** Absent: all intents as shipped. */
  intents?: OwnIntents;
  /** Tools that it declares; absent: none. */
  tools?: readonly DeclaredTool[];
  /** Secrets that its tools may name; null or absent: none. */
  secrets?: SealedSecrets | null;
  /** Number of the version that is live; null or absent: none was ever saved. */
  version?: number | null;
}

/** One topic of the knowledge base in one language. */
export interface Passage {
  /** Id of the topic, the same in every language. */
  slug: string;
  language: Language;
  title: string;
  body: string;
  /** Customers' other words for the topic; searched, never shown. */
  keywords: string;
}

/** A company as data: all that its owner may change. */
export interface Company {
  profile: CompanyProfile;
  /** Absent: all intents as shipped. */
  intents?: OwnIntents;
  /** Tools that it declares; absent: none. */
  tools?: readonly DeclaredTool[];
  knowledge: readonly Passage[];
}
