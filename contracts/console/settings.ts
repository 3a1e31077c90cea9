/** The console's API: templates, quick replies, settings, ratings. Paths are below `/api/console`. */
import type { Language } from "../../lib/types/company.ts";

/** An approved template of the number. `GET /t/:tenant/templates` */
export interface TemplateView {
  name: string;
  language: string;
  category: "marketing" | "utility" | "authentication" | "unknown";
  /** Meta's status: only `approved` can be sent; the page says why not otherwise. */
  status: "approved" | "paused" | "rejected" | "pending" | "disabled" | "unknown";
  header: { kind: "text" | "image" | "video" | "document" | "location"; text: string } | null;
  body: string;
  footer: string;
  buttons: { kind: string; text: string; hasValue: boolean }[];
  /** Placeholders of the header and the body, in order: `1`, or their names. */
  headerPlaceholders: string[];
  placeholders: string[];
  /** Meta's fee where it is known, in US dollars; null: not known. */
  priceUsd: number | null;
}
export type TemplatesView =
  | { state: "ok"; templates: TemplateView[] }
  | { state: "not_configured" | "failed"; message: string };

/** `GET`, `POST /t/:tenant/quick-replies`; `POST …/quick-replies/:id/delete` */
export interface QuickReply {
  id: string;
  shortcut: string;
  /** With `{{name}}`, `{{operator}}`, `{{company}}`. */
  text: string;
  language: Language | null;
}

/**
 * `POST /t/:tenant/conversations/:id/suggestion`: server-sent events `delta` with words, then `done` with the whole checked text, or `failed`.
 */
export interface SuggestionEvents {
  delta: { text: string };
  done: { text: string; costUsd: number | null; model: string | null };
  failed: { code: string };
}

/** What a company counts as contained: conversations that the bot served, and of which all that is chosen is true. */
export interface Containment {
  /** No person was asked for, and none took it. */
  withoutHandoff: boolean;
  /** No operator wrote. */
  withoutOperator: boolean;
  /** Not rated so or worse; null: ratings do not matter. */
  lowScore: 1 | 2 | 3 | null;
  /** The customer did not write again within so many hours; null: that does not matter. */
  quietHours: 48 | 72 | 168 | null;
}

/** `GET /t/:tenant/settings` */
export interface Settings {
  /** Minutes in which a waiting customer should get a person. */
  waitTargetMin: number;
  /** Idle minutes after which a conversation with a person goes back to the bot; null: never. */
  returnAfterMin: number | null;
  csat: { enabled: boolean; askEveryDays: number; silentAfterMin: number };
  /** Minutes after which an untaken handoff is reported, once. */
  reportAfterMin: number;
  containment: Containment;
}

type Changed<Part> = { [Name in keyof Part]?: Part[Name] | undefined };

/** `POST /t/:tenant/settings`: what is absent stays as it is; the answer has all of them. */
export type SettingsChange = Changed<
  Omit<Settings, "csat" | "containment"> & {
    csat: Changed<Settings["csat"]>;
    containment: Changed<Containment>;
  }
>;

/** Shares of ratings. `GET /t/:tenant/csat?days=` */
export interface CsatSummary {
  days: number;
  asked: number;
  answered: number;
  /** Counts of 1 to 5. */
  scores: [number, number, number, number, number];
  groups: {
    by: "served_by" | "intent" | "operator";
    name: string;
    answered: number;
    average: number;
  }[];
  notAsked: { reason: string; count: number }[];
}

/** `GET /t/:tenant/start`: what a new owner does next, and the number of demo conversations; an owner removes them by `POST /t/:tenant/demo/remove` (204). */
export interface StartView {
  demo: number;
  steps: { name: "connect" | "invite" | "company" | "handoffs" | "test"; done: boolean }[];
}
