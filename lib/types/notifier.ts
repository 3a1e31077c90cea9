/** The port of the notices to operators. */
import type { Language } from "./company.ts";

/** Tells the company's people that somebody waits for them. */
export interface Notifier {
  /** Never throws; true when somebody was told. */
  handoff(notice: {
    conversationId: string;
    companyName: string;
    reason: string;
    language: Language;
  }): Promise<boolean>;
  /** Never throws: something about the account, a number or a template that somebody should look at. */
  alert(notice: { title: string; detail: string }): Promise<boolean>;
}
