/** Port of the messages to operators and maintainers. */
import type { Language } from "./company.ts";

/** Notifies operators and maintainers. */
export interface Notifier {
  /** A customer waits for an operator. Never throws; true when the notification was delivered. */
  handoff(notice: {
    tenantId: string;
    conversationId: string;
    companyName: string;
    /** Absent: English. */
    companyLanguage?: Language;
    reason: string;
    language: Language;
    /** True: only open pages learn of it; operators are told in another way. */
    silent?: boolean;
  }): Promise<boolean>;
  /** Something needs a look. Never throws; true when delivered. */
  alert(notice: AlertNotice): Promise<boolean>;
  /** Operators left customers alone. Never throws; true when delivered. */
  absence(notice: Absence): Promise<boolean>;
}

/** Sections of docs/runbook.md that alerts lead to. */
export const RUNBOOK_SECTIONS = [
  ...(["the-database-is-down", "a-service-is-down", "customers-wait-for-an-answer"] as const),
  ...(["meta-refuses-to-send", "a-turn-died", "an-error-budget-burns", "the-figures-are-behind"] as const),
  ...(["the-access-token-ends", "the-subscription-is-lost", "a-budget-is-used-up", "a-model-ends"] as const),
  "meta-reports-trouble-with-the-account",
  "local-guesses-are-wrong-more-often",
] as const;

export type RunbookSection = (typeof RUNBOOK_SECTIONS)[number];

/** A page of the console that shows more of an alert; all but conversations are pages of insight. */
export type AlertPage = "alerts" | "money" | "service" | { conversationId: string };

/** What maintainers are told. */
export interface AlertNotice {
  title: string;
  detail: string;
  /** Whose page shows it; null: that is not known, or it is of no company. */
  tenantId: string | null;
  page: AlertPage;
  /** The alert that is open or over; absent: there is no more to say of it than this. */
  about?: { name: string; severity: "page" | "ticket"; state: "open" | "over" };
  /** Null: there is nothing to do. */
  runbook: RunbookSection | null;
}

/** Customers of one company whom no operator answered, and what became of them: they still wait, or the bot goes on. */
export interface Absence {
  kind: "untaken" | "returned";
  companyName: string;
  companyLanguage: Language;
  count: number;
  /** The longest of their waits. */
  longestS: number;
}
