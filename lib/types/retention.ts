/** The port of retention. */

/** Rows that one call of the purge has deleted, by table. */
export interface Purged {
  messages: number;
  /** With their tool calls. */
  turns: number;
  handoffs: number;
  /** With their conversations. */
  people: number;
  earlyStatuses: number;
  platformEvents: number;
  /** Hashes of the ids of messages that were purged two years ago. */
  purgedMessages: number;
  counters: number;
}

/** Keeps the tables bounded. */
export interface Retention {
  /** Deletes at most `limit` rows of each table that are older than `days`; waits for nobody, so many may call at once. */
  purge(days: number, limit: number): Promise<Purged>;
}
