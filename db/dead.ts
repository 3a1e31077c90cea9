/** Dead letters: turns that were given up, with the customer's messages they covered (`db/functions/dead/`). */

import type { StoredMessage } from "../lib/types/conversation.ts";
import type { Json } from "../lib/types/json.ts";
import type { Database } from "./client.ts";

/** One dead letter, without any words of the conversation. */
export interface DeadLetter {
  /** The turn's id. */
  id: string;
  conversationId: string;
  /** ISO 8601. */
  diedAt: string;
  /** The window had closed; Meta refused the reply for good; its last send was never confirmed; or it failed too often. */
  reason: "window_closed" | "refused" | "unconfirmed" | "failed_repeatedly";
  /** Error codes of all attempts, e.g. `send:graph_131026`, `turn:unreachable`, `holder_died`. */
  codes: string[];
  attempts: number;
  /** Number of customer's messages that it covered. */
  messages: number;
  /** Parts of its reply, or of the apology, that were sent. */
  partsSent: number;
  /** True when an operator has the conversation; then it cannot be replayed. */
  withOperator: boolean;
  /** True while Meta accepts messages to this customer; otherwise it cannot be replayed. */
  windowOpen: boolean;
}

/** A dead letter with the words of both sides. */
export interface DeadLetterDetail extends DeadLetter {
  customer: { name: string | null; phone: string | null; waUserId: string | null };
  inbound: StoredMessage[];
  outbound: { text: string; state: string; sends: number; metaCodes: Json[] }[];
}

/** Outcome of a replay. */
export type Replayed =
  | { outcome: "replayed"; messages: number }
  | { outcome: "not_found" | "with_operator" | "window_closed" };

/** Outcome of a drop. */
export type Dropped = { outcome: "dropped"; messages: number } | { outcome: "not_found" };

/** The newest dead letters, newest first. */
export async function deadLetters(database: Database, limit = 200): Promise<DeadLetter[]> {
  const rows = await database.sql<{ letter: DeadLetter }>`select dead_letters(${limit}::int) as letter`;
  return rows.map(({ letter }) => letter);
}

/** One dead letter by its turn; null when that turn is not dead. */
export async function deadLetter(database: Database, turnId: string): Promise<DeadLetterDetail | null> {
  const [row] = await database.sql<{ letter: DeadLetterDetail | null }>`
    select dead_letter(${turnId}::uuid) as letter`;
  return row?.letter ?? null;
}

/** Makes a dead letter's messages unread again, so that the next resume composes a new reply; sent parts stay sent. */
export async function replayDead(database: Database, turnId: string): Promise<Replayed> {
  const [row] = await database.sql<{
    answer: Replayed;
  }>`select replay_dead_letter(${turnId}::uuid) as answer`;
  return row?.answer ?? { outcome: "not_found" };
}

/** Drops a dead letter for good; it is no longer listed and is purged after the retention period. */
export async function dropDead(database: Database, turnId: string): Promise<Dropped> {
  const [row] = await database.sql<{ answer: Dropped }>`select drop_dead_letter(${turnId}::uuid) as answer`;
  return row?.answer ?? { outcome: "not_found" };
}
