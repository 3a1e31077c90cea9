/** Free slots by looking at every minute with `Intl` alone: slow, and too simple to be wrong. */
const MINUTE = 60_000;
const DAY = 1_440 * MINUTE;

export interface NaiveEvent {
  /** Minutes of the first occurrence from the first local midnight; a whole day: from the beginning of its date. */
  start: number;
  minutes: number;
  isWholeDay: boolean;
  /** Days between occurrences; 0: it does not recur. */
  every: number;
  times: number;
  /** Occurrences that do not take place, from 0. */
  without: readonly number[];
}

export interface NaiveCase {
  timeZone: string;
  firstMs: number;
  days: number;
  /** Minutes of every day. */
  open: { from: number; to: number };
  slotMinutes: number;
  capacity: number;
  events: readonly NaiveEvent[];
}

/** Local time of every minute around some dates, and the first minute of every local time. */
function minutesOf(timeZone: string, firstMs: number, days: number) {
  const format = new Intl.DateTimeFormat("en-GB", {
    ...{ timeZone, hourCycle: "h23", year: "numeric", month: "2-digit", day: "2-digit" },
    ...{ hour: "2-digit", minute: "2-digit" },
  });
  const local = new Map<number, number>();
  const first = new Map<number, number>();
  for (let ms = firstMs - 3 * DAY; ms < firstMs + (days + 3) * DAY; ms += MINUTE) {
    const part = Object.fromEntries(format.formatToParts(ms).map(({ type, value }) => [type, Number(value)]));
    const wall = Date.UTC(part.year ?? 0, (part.month ?? 0) - 1, part.day, part.hour, part.minute);
    local.set(ms, wall);
    if (!first.has(wall)) first.set(wall, ms);
  }
  return { local, first };
}

const known = new Map<string, ReturnType<typeof minutesOf>>();

export function naiveFree(given: NaiveCase): number[] {
  const { timeZone, firstMs, days, open, slotMinutes, capacity, events } = given;
  const key = `${timeZone} ${firstMs} ${days}`;
  const minutes = known.get(key) ?? minutesOf(timeZone, firstMs, days);
  known.set(key, minutes);
  const { local, first } = minutes;
  /** A local time that is skipped is as far behind the last minute before as it says. */
  const instant = (wall: number): number | undefined => {
    for (let back = 0; back <= 180; back++) {
      const found = first.get(wall - back * MINUTE);
      if (found !== undefined) return found + back * MINUTE;
    }
    return undefined;
  };
  const taken = new Map<number, number>();
  for (const { start, minutes: length, isWholeDay, every, times, without } of events)
    for (let n = 0; n < (every === 0 ? 1 : times); n++) {
      if (without.includes(n)) continue;
      const wall = firstMs + start * MINUTE + n * every * DAY;
      const from = instant(wall);
      if (from === undefined) continue;
      const to = isWholeDay ? (instant(wall + DAY) ?? 0) : from + length * MINUTE;
      for (let ms = from; ms < to; ms += MINUTE)
        taken.set(ms, (taken.get(ms) ?? 0) + (isWholeDay ? capacity : 1));
    }
  const free: number[] = [];
  for (let day = firstMs - DAY; day < firstMs + days * DAY; day += DAY) {
    const [opens, closes] = [day + open.from * MINUTE, day + open.to * MINUTE];
    const isOpen = (ms: number) => (local.get(ms) ?? 0) >= opens && (local.get(ms) ?? 0) < closes;
    const anchor = [...local.keys()].find((ms) => (local.get(ms) ?? 0) >= opens) ?? 0;
    for (let ms = anchor; ms < anchor + 30 * 60 * MINUTE; ms += slotMinutes * MINUTE) {
      const slot = Array.from({ length: slotMinutes }, (_, minute) => ms + minute * MINUTE);
      const wall = local.get(ms) ?? 0;
      const isAsked = wall >= firstMs && wall < firstMs + days * DAY;
      if (isAsked && slot.every((one) => isOpen(one) && (taken.get(one) ?? 0) < capacity)) free.push(ms);
    }
  }
  return [...new Set(free)].sort((one, other) => one - other);
}
