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

/** What maintainers are told. */
export interface AlertNotice {
  title: string;
  detail: string;
  /** The alert that is open or over; absent: there is no more to say of it than this. */
  about?: {
    /** Whose page of alerts has it; null: that is not known. */
    tenantId: string | null;
    name: string;
    severity: "page" | "ticket";
    state: "open" | "over";
  };
  /** Section of docs/runbook.md. */
  runbook?: string;
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
