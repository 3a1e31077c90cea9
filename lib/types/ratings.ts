/** Ports of the ratings that customers give (CSAT). */
import type { Language } from "./company.ts";
import type { HandoffNotice } from "./turn-store.ts";

/** What a customer hears about a rating. In `question` the text `{rating}` stands for the id of the rating. */
export type RatingNotices = Record<Language, Record<"question" | "why" | "thanks", HandoffNotice>>;

/** Store as seen by the job that asks after a silence. */
export interface SilentConversations {
  /** Asks for a rating where a conversation has fallen silent, or keeps why not; returns the conversations with a question to send. */
  endSilences(limit: number, notices: RatingNotices): Promise<string[]>;
}
