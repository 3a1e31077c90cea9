import type { ConversationRow, ListName } from "../../../../../contracts/console/inbox.ts";

/** Rows by conversation: the newest copy of each that this page has seen. */
export type Rows = ReadonlyMap<string, ConversationRow>;

/**
 * Rows with `fresh` copies merged in, but for older ones. Of two of the same age the one that came last: reading changes the
 * unread count alone. The same map when nothing changed.
 */
export function mergeRows(rows: Rows, fresh: readonly ConversationRow[]): Rows {
  let merged: Map<string, ConversationRow> | null = null;
  for (const row of fresh) {
    const known = (merged ?? rows).get(row.id);
    if (known && (known.changedAt > row.changedAt || JSON.stringify(known) === JSON.stringify(row))) continue;
    merged ??= new Map(rows);
    merged.set(row.id, row);
  }
  return merged ?? rows;
}

/** Filter of a list. */
export interface Filter {
  list: ListName;
  tag: string | null;
}

/** Who looks, and when. */
export interface Viewer {
  operatorId: string;
  now: number;
}

const isSnoozed = (row: ConversationRow, now: number) => row.snoozedUntil !== null && row.snoozedUntil > now;
const isOpen = (row: ConversationRow, now: number) => row.closedAt === null && !isSnoozed(row, now);

// The same rules as `list_conversations` and `list_tagged` in the database.
const BELONGS: Record<ListName, (row: ConversationRow, viewer: Viewer) => boolean> = {
  waiting: (row, { now }) => row.waitingSince !== null && isOpen(row, now),
  mine: (row, { operatorId, now }) => row.assignee?.id === operatorId && isOpen(row, now),
  bot: (row, { now }) => row.owner === "bot" && isOpen(row, now),
  snoozed: (row, { now }) => isSnoozed(row, now),
  flagged: (row) => row.flaggedAt !== null,
  closed: (row) => row.closedAt !== null,
  all: (row, { now }) => row.closedAt !== null || !isSnoozed(row, now),
};

/** True when a row stands in a list. */
export function belongs(row: ConversationRow, { list, tag }: Filter, viewer: Viewer): boolean {
  return (tag === null || row.tags.includes(tag)) && BELONGS[list](row, viewer);
}

/** Place of a row in its list, the smallest first: by time waited, or by who wrote last. */
export function rankOf(row: ConversationRow, { list, tag }: Filter): number {
  return list === "waiting" && tag === null ? (row.waitingSince ?? 0) : -row.lastAt;
}

/** The rows of a list as far as its pages are loaded: `lastRank` is the rank of the last loaded row, null when all are there. */
export function rowsOfList(
  rows: Rows,
  filter: Filter,
  lastRank: number | null,
  viewer: Viewer,
): ConversationRow[] {
  return [...rows.values()]
    .filter((row) => belongs(row, filter, viewer) && (lastRank === null || rankOf(row, filter) <= lastRank))
    .sort((a, b) => rankOf(a, filter) - rankOf(b, filter) || (a.id < b.id ? -1 : 1));
}

/** Row `step` places from the one with `id`; the first or last one when there is none so far. Null in an empty list. */
export function neighbour(
  rows: readonly ConversationRow[],
  id: string | null,
  step: 1 | -1,
): ConversationRow | null {
  const at = rows.findIndex((row) => row.id === id);
  if (at < 0) return rows.at(step === 1 ? 0 : -1) ?? null;
  return rows[Math.min(rows.length - 1, Math.max(0, at + step))] ?? null;
}
