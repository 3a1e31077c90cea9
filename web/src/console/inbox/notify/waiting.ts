import type { Counts } from "../../../../../contracts/console/inbox.ts";
import type { Rows } from "../state/rows.ts";

/** What was known of those who wait, to see what is new. */
export interface Known {
  waiting: number;
  /** Conversations that waited. */
  ids: ReadonlySet<string>;
}

/** What is known now. */
export function knownOf(rows: Rows, counts: Counts | null): Known {
  const ids = [...rows.values()]
    .filter(({ waitingSince, closedAt }) => waitingSince !== null && closedAt === null)
    .map(({ id }) => id);
  return { waiting: counts?.waiting ?? 0, ids: new Set(ids) };
}

/**
 * True when somebody waits who did not wait before: by the number alone in a hidden tab, which hears no rows; by the rows
 * too in a visible one, where one may be taken in the moment another comes.
 */
export function isNewHandoff(before: Known, now: Known, rows: Rows, since: number): boolean {
  if (now.waiting > before.waiting) return true;
  return [...now.ids].some((id) => !before.ids.has(id) && (rows.get(id)?.waitingSince ?? 0) > since);
}
