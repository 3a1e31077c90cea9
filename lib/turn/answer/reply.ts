import type { ImpersonalQuestion, KeptAnswer } from "../../types/cache.ts";
import type { Language } from "../../types/company.ts";
import type { ReplyExtra } from "../../types/outbound.ts";
import type { HandoffRequest } from "../../types/tools.ts";
import type { ProposedAct } from "../../types/turn/acts.ts";
import type { DraftInput, Repeat } from "../../types/turn-store.ts";

/** All that one turn says to the customer, and what is written down with it. */
export interface Reply {
  markdown: string;
  language: Language;
  handoff: HandoffRequest | null;
  /** Choices or a location request under the words. */
  extra: ReplyExtra | null;
  /** Readings of the customer's files. */
  readings: DraftInput["readings"];
  /** Number of identical messages in a row. */
  repeat: Repeat | null;
  /** Id of the message by which the customer opts out, when only the turn could tell. */
  optOut: string | null;
  /** The act that it asks about; its buttons are the extra. */
  act?: ProposedAct | null;
  /** Ids of acts of which it says how they ended. */
  actsTold?: readonly string[];
  /** Set when it may be kept for the next customer who asks the same, once it was sent. */
  toKeep?: { question: ImpersonalQuestion; answer: KeptAnswer };
}

/** A reply in fixed words. */
export const fixed = (markdown: string, language: Language, handoff: HandoffRequest | null): Reply => ({
  markdown,
  language,
  handoff,
  extra: null,
  readings: [],
  repeat: null,
  optOut: null,
});
