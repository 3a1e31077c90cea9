/** Positions of the live stream: `<time>-<transaction>` (`stream_position` in SQL). */

/** An event id from outside: a position, and behind dots what a hidden page has seen. */
export interface EventId {
  position: string | null;
  /** Number of the queue signal. */
  seen: number | null;
  /** Epoch milliseconds at which the next snooze ends. */
  wakesMs: number | null;
}

const EVENT_ID = /^(\d{1,15}-\d{1,15})?(?:\.(\d{1,15})(?:\.(\d{1,15}))?)?$/;

/** Reads an event id; anything else begins now. */
export function readEventId(text: string | null): EventId {
  const [, position, ...numbers] = EVENT_ID.exec(text ?? "") ?? [];
  const [seen = null, wakesMs = null] = numbers.map((digits) =>
    digits === undefined ? null : Number(digits),
  );
  return { position: position ?? null, seen, wakesMs };
}

/** Writes an event id. */
export const eventId = (position: string | null, seen: number | null = null, wakesMs: number | null = null) =>
  (position ?? "") +
  (seen === null ? "" : `.${seen}`) +
  (seen === null || wakesMs === null ? "" : `.${wakesMs}`);

/** The oldest transaction that was not over. */
export const versionOf = (position: string): number => Number(position.split("-")[1]);

/** The earliest of positions; null without any. */
export const earliest = (positions: readonly string[]): string | null =>
  [...positions].sort((a, b) => versionOf(a) - versionOf(b) || timeOf(a) - timeOf(b))[0] ?? null;

const timeOf = (position: string): number => Number(position.split("-")[0]);
