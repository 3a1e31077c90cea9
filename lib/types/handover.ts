/** Port of the store for what happens when operators are away: idle conversations, untaken handoffs. */
import type { Language } from "./company.ts";
import type { HandoffNotice } from "./turn-store.ts";

/** A conversation that an operator has left alone. `silent`: nobody waits for anything. */
export interface IdleConversation {
  conversationId: string;
  why: "waiting" | "silent";
  optedOut: boolean;
  /** How long the customer has waited; null when they do not. */
  waitingS: number | null;
  companyLanguage: Language;
  language: Language;
  /** What the customer wrote since the operator's last word; empty texts for what has no words. */
  unanswered: string[];
}

/** How a conversation goes back to the bot. */
export interface ReturnOrder {
  conversationId: string;
  why: IdleConversation["why"];
  /** For the customer; null: they are told nothing. */
  notice: HandoffNotice | null;
  /** True: the bot answers what nobody has answered. */
  answer: boolean;
  /** For operators, in the company's language. */
  note: string;
}

/** Handoffs of one company that nobody has taken in time. */
export interface UntakenHandoffs {
  companyName: string;
  companyLanguage: Language;
  waiting: number;
  longestS: number;
  handoffIds: string[];
}

/** Store as seen by the job that looks after what operators left alone. */
export interface AbsentOperators {
  /** Longest waiting first. */
  idle(limit: number): Promise<IdleConversation[]>;
  /** Null when an operator came back meanwhile. */
  giveBack(order: ReturnOrder): Promise<{ companyName: string } | null>;
  /** Claims the handoffs that are to be reported: each is returned once. */
  untaken(limit: number): Promise<UntakenHandoffs[]>;
  /** They could not be reported: they are returned again, a few times. */
  notReported(handoffIds: readonly string[]): Promise<void>;
}
