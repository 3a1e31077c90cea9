/** Dead letters: turns that were given up, with the customer's messages they covered (`db/functions/dead/`). */

import type { StoredMessage } from "../lib/types/conversation.ts";
import type { Json } from "../lib/types/json.ts";
import type { Database } from "./client.ts";

/** One turn that was given up, without anybody's words. */
export interface DeadLetter {
  /** The turn's id. */
  id: string;
  conversationId: string;
  /** ISO 8601. */
  diedAt: string;
  /** Meta's 24 hours were over; Meta refused the reply for good; or it failed too often to be composed. */
  reason: "window_closed" | "refused" | "unconfirmed" | "failed_repeatedly";
  /** What failed in all its tries, e.g. `send:graph_131026`, `turn:unreachable`, `holder_died`. */
  codes: string[];
  tries: number;
  /** The customer's messages that it covered. */
  messages: number;
  /** Parts of its reply, or of the apology, that did go out. */
  partsSent: number;
  /** A person has the conversation: it cannot be replayed. */
  withPerson: boolean;
  /** Meta still takes a message to this customer: without that it cannot be replayed. */
  windowOpen: boolean;
}

/** A dead letter with the words of both sides. */
export interface DeadLetterDetail extends DeadLetter {
  customer: { name: string | null; phone: string | null; waUserId: string | null };
  asked: StoredMessage[];
  said: { text: string; state: string; sends: number; errorCodes: Json[] }[];
}

/** What became of a replay: done, or why nothing was done. */
export type Replayed =
  | { outcome: "replayed"; messages: number }
  | { outcome: "not_found" | "with_person" | "window_closed" };

/** What became of a drop. */
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

/** Makes its messages pending again: whoever resumes next composes a new reply; what was sent stays sent. */
export async function replayDead(database: Database, turnId: string): Promise<Replayed> {
  const [row] = await database.sql<{
    answer: Replayed;
  }>`select replay_dead_letter(${turnId}::uuid) as answer`;
  return row?.answer ?? { outcome: "not_found" };
}

/** Gives it up for good; it is listed no more, and is purged when its time has come. */
export async function dropDead(database: Database, turnId: string): Promise<Dropped> {
  const [row] = await database.sql<{ answer: Dropped }>`select drop_dead_letter(${turnId}::uuid) as answer`;
  return row?.answer ?? { outcome: "not_found" };
}
