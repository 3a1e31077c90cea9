/** Port of the messages to operators and maintainers. */
import type { Language } from "./company.ts";

/** Notifies operators and maintainers. */
export interface Notifier {
  /** A customer waits for an operator. Never throws; true when the notification was delivered. */
  handoff(notice: {
    conversationId: string;
    companyName: string;
    reason: string;
    language: Language;
  }): Promise<boolean>;
  /** Something about the account, a number or a template needs a look. Never throws; true when delivered. */
  alert(notice: { title: string; detail: string }): Promise<boolean>;
}
