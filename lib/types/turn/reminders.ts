/** Ports of reminders of appointments (docs/effects.md). */
import type { TemplateMessage } from "../outbound.ts";

/** A reminder whose time has come. */
export interface DueReminder {
  id: string;
  conversationId: string;
  phoneNumberId: string;
  template: string;
  languageCode: string;
  values: string[];
}

/** What is done with a due reminder: it is written down to be sent, cannot be sent, or is looked at again in five minutes. */
export type SettleReminder = { id: string } & (
  | { outcome: "write"; message: TemplateMessage; text: string }
  | { outcome: "failed" | "later"; reason: string }
);

/** What became of it; null: nothing, because the conversation is busy, or another process was first. */
export type SettledReminder = "written" | "failed" | "opted_out" | "unreachable" | null;

export interface ReminderStore {
  /** Those to be sent now, and those that have become too late, each once. */
  due(limit: number): Promise<{
    due: DueReminder[];
    missed: { id: string; conversationId: string; reason: string | null }[];
  }>;
  settle(settle: SettleReminder): Promise<SettledReminder>;
}
