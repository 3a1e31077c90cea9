import { DAY_MINUTES, type Schedule } from "./range.ts";
import { isOpen, rangesOn } from "./schedule.ts";
import { type WallClock, wallClock } from "./wall-clock.ts";

/** Open until a moment, or closed until one; null: for as long as anybody plans. Epoch milliseconds. */
export type Opening = { open: true; until: number | null } | { open: false; opensAt: number | null };

const MINUTE_MS = 60_000;
const DAY_MS = DAY_MINUTES * MINUTE_MS;
/** Longest closure that is looked through. */
const HORIZON_DAYS = 62;
/** More than any change of a zone's clocks. */
const SLACK_MS = 4 * 60 * MINUTE_MS;

/** Whether the company is open at an instant, by the wall clock of its time zone, and when that changes. Throws for an unknown zone. */
export function openAt(schedule: Schedule, instantMs: number, timeZone: string): Opening {
  const wall = wallClock(timeZone);
  const openThen = (ms: number) => isOpen(schedule, wall(ms));
  const open = openThen(instantMs);
  const change = nextChange(schedule, instantMs, wall, (ms) => openThen(ms) !== open);
  return open ? { open, until: change } : { open, opensAt: change };
}

/** The instant at which `waitMs` of opening hours have passed; of any hours when none are known or none will come. */
export function endOfWait(
  schedule: Schedule | null,
  { fromMs, waitMs, timeZone }: { fromMs: number; waitMs: number; timeZone: string },
): number {
  let at = fromMs;
  let leftMs = waitMs;
  while (schedule) {
    const opening = openAt(schedule, at, timeZone);
    if (opening.open) {
      if (opening.until === null || opening.until - at >= leftMs) return at + leftMs;
      leftMs -= opening.until - at;
      at = opening.until;
    } else if (opening.opensAt === null) break;
    else at = opening.opensAt;
  }
  return fromMs + waitMs;
}

/** The first instant after this one that `isChange` accepts, among all at which the answer may change. */
function nextChange(
  schedule: Schedule,
  instantMs: number,
  wall: WallClock,
  isChange: (ms: number) => boolean,
): number | null {
  const offsetMs = wall(instantMs) - floorMinute(instantMs);
  const today = Math.floor(wall(instantMs) / DAY_MS) * DAY_MS;
  for (let day = 0; day <= HORIZON_DAYS; day++) {
    const wallDay = today + day * DAY_MS;
    const [first, last] = [wallDay - offsetMs - SLACK_MS, wallDay - offsetMs + DAY_MS + SLACK_MS];
    const candidates = candidatesOn(schedule, wallDay, { first, last, wall });
    for (const ms of candidates.sort((a, b) => a - b)) if (ms > instantMs && isChange(ms)) return ms;
  }
  return null;
}

/** The instants of one local day at which ranges begin and end, or clocks are changed. */
function candidatesOn(
  schedule: Schedule,
  wallDay: number,
  { first, last, wall }: { first: number; last: number; wall: WallClock },
): number[] {
  const bounds = [
    ...rangesOn(schedule, wallDay).flatMap(({ from, to }) => [from, to]),
    ...rangesOn(schedule, wallDay - DAY_MS).flatMap(({ from, to }) => [from - DAY_MINUTES, to - DAY_MINUTES]),
  ].filter((minute) => minute >= 0 && minute <= DAY_MINUTES);
  const offsets = new Set([wall(first) - first, wall(last) - last]);
  const instants = bounds.flatMap((minute) => {
    const wallMs = wallDay + minute * MINUTE_MS;
    return [...offsets].map((offset) => wallMs - offset).filter((ms) => wall(ms) === wallMs);
  });
  if (offsets.size === 1) return instants;
  const changed = clockChange(first, last, wall);
  // One of the next day comes after that day's own bounds.
  const isOfDay = [changed - MINUTE_MS, changed].some(
    (ms) => Math.floor(wall(ms) / DAY_MS) * DAY_MS === wallDay,
  );
  return isOfDay ? [...instants, changed] : instants;
}

/** The minute at which the clocks are changed between two instants of different offsets. */
function clockChange(first: number, last: number, wall: WallClock): number {
  const before = wall(first) - first;
  let [low, high] = [first, last];
  while (high - low > MINUTE_MS) {
    const middle = floorMinute(low + (high - low) / 2);
    if (wall(middle) - middle === before) low = middle;
    else high = middle;
  }
  return high;
}

const floorMinute = (ms: number): number => Math.floor(ms / MINUTE_MS) * MINUTE_MS;
