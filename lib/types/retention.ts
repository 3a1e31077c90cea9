/** Port of retention. */

/** Rows deleted by one purge call, by table. */
export interface Purged {
  messages: number;
  /** Including their tool calls. */
  turns: number;
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
  /** Deletes at most `limit` rows per table older than `days`. Skips locked rows, so calls may run in parallel. */
  purge(days: number, limit: number): Promise<Purged>;
}
