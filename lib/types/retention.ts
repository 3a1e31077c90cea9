/** Port of retention. */

/** Rows deleted by one purge call, by table. */
export interface Purged {
  messages: number;
  /** Including their tool calls. */
  turns: number;
  /** Turns of which what models were sent and said was deleted before they are old enough themselves. */
  exchanges: number;
  handoffs: number;
  /** Including their conversations. */
  customers: number;
  /** Notes, suggestions and ratings. */
  consoleRecords: number;
  earlyStatuses: number;
  accountEvents: number;
  /** Hashes of message ids purged two years ago. */
  purgedMessages: number;
  counters: number;
}

/** Keeps the tables bounded. */
export interface Retention {
  /**
   * Deletes at most `limit` rows per table older than `days`, and exchanges older than `exchangeDays` (absent: the same; 0: all). Skips locked
   * rows, so calls may run in parallel.
   */
  purge(days: number, limit: number, exchangeDays?: number): Promise<Purged>;
}
