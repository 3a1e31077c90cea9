/** The port of the cache. */

/** What the cache knows of a message before the database is asked; `unknown` when it did not answer in time. */
export interface Admission {
  verdict: "new" | "duplicate" | "limited" | "unknown";
  /** With `limited`: seconds until the window ends. */
  retryAfterS: number | null;
}

export interface AdmissionCache {
  /** One round trip for a whole batch, in order. Keys name a message or a user of one number. Never throws and never takes much over 100 ms. */
  admit(messages: readonly { messageKey: string; userKey: string }[]): Promise<Admission[]>;
  /** Marks messages as stored, so that a redelivery need not ask the database. Never throws. */
  markStored(messageKeys: readonly string[]): Promise<void>;
  /** Throws when the cache does not answer. */
  ping(): Promise<void>;
}
