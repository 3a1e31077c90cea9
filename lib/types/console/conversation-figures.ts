/** Port of the console: what the page of conversations needs beside the counters. */
import type { UnansweredQuestions } from "../../../contracts/console/conversations.ts";

/** What a company's figures are reckoned by. */
export interface ConversationBasis {
  /** IANA time zone of the company. */
  timeZone: string;
  /** As stored: `lib/console/settings/settings.ts` reads them. */
  settings: unknown;
  /** Through when it is known whether customers wrote again; epoch milliseconds, 0 before the first roll-up. */
  decidedMs: number;
}

export interface ConversationFigures {
  /** Null when there is no such company. */
  basis(tenantId: string): Promise<ConversationBasis | null>;
  /** The latest questions of a period for which the knowledge base had nothing, grouped by likeness. */
  unanswered(tenantId: string, range: { fromMs: number; toMs: number }): Promise<UnansweredQuestions>;
}
