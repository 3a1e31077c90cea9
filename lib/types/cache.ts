/** The port of the cache. */

/** The cache's verdict on a message before the database is asked; `unknown` when the cache did not answer in time. */
export interface Admission {
  verdict: "new" | "duplicate" | "limited" | "unknown";
  /** With `limited`: seconds until the window ends. */
  retryAfterS: number | null;
}

export interface AdmissionCache {
  /** Verdicts for a whole batch, in its order, in one round trip. Keys name a message or a customer of one number. Never throws; takes little over 100 ms at most. */
  admit(messages: readonly { messageKey: string; customerKey: string }[]): Promise<Admission[]>;
  /** Marks messages as stored, so that a redelivery need not ask the database. Never throws. */
  markStored(messageKeys: readonly string[]): Promise<void>;
  /** Throws when the cache does not answer. */
  ping(): Promise<void>;
}
