import type { ConversationRow, Counts } from "../../../../../contracts/console/inbox.ts";

/** What was known of those who wait, to see what is new. */
export interface Known {
  waiting: number;
  /** Since when each conversation waits. */
  since: ReadonlyMap<string, number>;
}

/** What is known now. */
export function knownOf(rows: Iterable<ConversationRow>, counts: Counts | null): Known {
  return { waiting: counts?.waiting ?? 0, since: new Map(waits(rows)) };
}

/** Conversations of `rows` that began to wait after what was known, and after `from`. */
export function newHandoffs(before: Known, rows: Iterable<ConversationRow>, from: number): string[] {
  return waits(rows)
    .filter(([id, since]) => since > Math.max(from, before.since.get(id) ?? 0))
    .map(([id]) => id);
}

const waits = (rows: Iterable<ConversationRow>): [id: string, since: number][] =>
  [...rows].flatMap(({ id, waitingSince, closedAt }) =>
    waitingSince !== null && closedAt === null ? [[id, waitingSince]] : [],
  );
