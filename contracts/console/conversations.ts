/** The insight page of conversations. Times are epoch milliseconds; durations are milliseconds. Paths are below `/api/console`. */
import type { Language } from "../../lib/types/company.ts";
import type { InsightHead, Percentiles, Share } from "./insight.ts";
import type { Containment } from "./settings.ts";

/** How often something was counted, by name; "" is unknown. */
export interface NamedCount {
  name: string;
  n: number;
}

/** Conversations that a company counts as contained, of all that ended. */
export interface ContainmentView {
  /** The company's own definition. */
  definition: Containment;
  share: Share;
  /** Ended, but whether the customer writes again is not known yet; not in `share`. */
  undecided: number;
  /** Most frequent first. */
  byIntent: { name: string; share: Share }[];
  /** By slot. */
  series: Share[];
}

/** Ratings from 1 to 5. */
export interface Ratings {
  name: string;
  n: number;
  average: number | null;
  /** Ratings of 4 and 5. */
  good: Share;
}

/** `GET /t/:tenant/insight/conversations` */
export interface ConversationsView {
  head: InsightHead;
  slots: number[];
  /** By slot: customers' messages, and conversations by the slot in which they ended. */
  messages: number[];
  ended: number[];
  /** Customers' messages by the company's weekday, Monday first, and hour. */
  hours: {
    /** IANA names, one for each zone of the companies that are read. */
    timeZones: string[];
    /** Where the hours begin: at most 90 days are read. */
    fromMs: number;
    counts: number[][];
  };
  languages: NamedCount[];
  /** People who wrote, once a day each, by slot. */
  people: { fresh: number[]; returning: number[] };
  /** Answered turns; the most frequent with their series, all others as one of the name `other`. */
  intents: (NamedCount & { series: number[] })[];
  containment: ContainmentView;
  handoffs: NamedCount[];
  /** From a handoff until an operator took it or wrote. */
  firstResponse: { all: Percentiles; series: Percentiles[] };
  /** From the first message of a conversation to its last, by who served. */
  resolution: { all: Percentiles; by: { name: string; percentiles: Percentiles }[]; series: Percentiles[] };
  csat: { all: Ratings; byIntent: Ratings[]; byVersion: Ratings[] };
}

/** Questions that were asked alike. */
export interface QuestionGroup {
  n: number;
  /** Null where it was not understood. */
  language: Language | null;
  lastMs: number;
  /** At most three, most frequent first; empty for who may only see counts. */
  wordings: string[];
}

/**
 * `GET /t/:tenant/insight/conversations/questions`: questions for which the knowledge base had nothing, of this number. Agents and owners see the
 * words, which leaves a line in the audit log; viewers see counts.
 */
export interface UnansweredQuestions {
  /** Looked at: the 500 latest of the period. */
  asked: number;
  /** There were more. */
  more: boolean;
  /** Of them, those in groups beyond the 50 largest. */
  others: number;
  groups: QuestionGroup[];
}
