/** Positions of the live stream: `<time>-<transaction>` (`stream_position` in SQL). */

/** An event id from outside: a position, and behind a dot the number of the queue signal that a hidden page has seen. */
export interface EventId {
  position: string | null;
  seen: number | null;
}

const EVENT_ID = /^(\d{1,15}-\d{1,15})?(?:\.(\d{1,15}))?$/;

/** Reads an event id; anything else begins now. */
export function readEventId(text: string | null): EventId {
  const [, position, seen] = EVENT_ID.exec(text ?? "") ?? [];
  return { position: position ?? null, seen: seen === undefined ? null : Number(seen) };
}

/** Writes an event id. */
export const eventId = (position: string | null, seen: number | null = null): string =>
  `${position ?? ""}${seen === null ? "" : `.${seen}`}`;

/** The oldest transaction that was not over. */
export const versionOf = (position: string): number => Number(position.split("-")[1]);

/** The earliest of positions; null without any. */
export const earliest = (positions: readonly string[]): string | null =>
  [...positions].sort((a, b) => versionOf(a) - versionOf(b) || timeOf(a) - timeOf(b))[0] ?? null;

const timeOf = (position: string): number => Number(position.split("-")[0]);
