/** When a calendar's events take place within a span of time. */
import type { BusyPeriod, CalendarEvent } from "./calendar/events.ts";
import { FeedError, type Steps } from "./calendar/feed-error.ts";
import { endOf, type Length, type Rule, type Stamp } from "./calendar/properties.ts";
import type { Recurring, Span } from "./times/recurrence.ts";
import { DAY_MS, instantOf, localOf } from "./times/zone.ts";
import type { Zones } from "./times/zones.ts";

/** One occurrence of an event, in epoch milliseconds. */
export interface Busy {
  fromMs: number;
  toMs: number;
  isWholeDay: boolean;
}

export interface Reading {
  zones: Zones;
  recurring: Recurring;
  steps: Steps;
  /** Instants. */
  span: Span;
}

const MOST_REPLACED_DAYS = 40;
const MOST_OCCURRENCES = 20_000;
/** More than any zone is ahead of or behind another, and than its clocks change. */
const SLACK_MS = 3 * DAY_MS;

/** What is busy within the span. Throws FeedError. */
export function busyIn(
  { events, periods }: { events: readonly CalendarEvent[]; periods: readonly BusyPeriod[] },
  reading: Reading,
): Busy[] {
  const { span } = reading;
  const found: Busy[] = [];
  const add = (all: readonly Busy[]) => {
    for (const one of all)
      if (one.toMs > one.fromMs && one.toMs > span.fromMs && one.fromMs < span.toMs) found.push(one);
    if (found.length > MOST_OCCURRENCES) throw new FeedError("too_large");
  };
  const changes = changesOf(events, reading);
  for (const event of events.filter(({ isBusy }) => isBusy))
    add(occurrences(event, event.replaces ? undefined : changes.get(event.uid), reading));
  for (const period of periods)
    if (isNear(period, reading)) add([occurrence(period, period.start.localMs, reading)]);
  return found;
}

/** What is different from a series: single occurrences, and all from one on, by instant. */
interface Changes {
  single: Set<number>;
  future: { atMs: number; event: CalendarEvent; shiftMs: number }[];
}

function changesOf(events: readonly CalendarEvent[], reading: Reading): Map<string, Changes> {
  const found = new Map<string, Changes>();
  for (const event of events) {
    if (!event.replaces) continue;
    const { stamp, andFuture } = event.replaces;
    // What it replaces may be longer than what it is.
    const { start, end } = { ...event, end: { days: MOST_REPLACED_DAYS, ms: 0 } };
    if (!andFuture && !isClose(stamp, { start, end }, reading)) continue;
    const changes = found.get(event.uid) ?? { single: new Set(), future: [] };
    found.set(event.uid, changes);
    const atMs = instantOfStamp(stamp, reading);
    changes.single.add(atMs);
    const shiftMs = event.start.localMs - stamp.localMs;
    if (andFuture) changes.future.push({ atMs, event, shiftMs });
  }
  for (const { future } of found.values()) future.sort((one, other) => one.atMs - other.atMs);
  return found;
}

/** All occurrences that may be within the span. */
function occurrences(event: CalendarEvent, changes: Changes | undefined, reading: Reading): Busy[] {
  const locals = startsOf(event, reading);
  if (locals.length === 0) return [];
  const zone = reading.zones(event.start.zone);
  const left = new Set(
    event.left
      .filter((stamp) => isClose(stamp, event, reading))
      .map((stamp) => instantOfStamp(stamp, reading)),
  );
  return locals.flatMap((localMs) => {
    const atMs = instantOf(zone, localMs);
    reading.steps.take(1 + (changes?.future.length ?? 0));
    if (left.has(atMs) || changes?.single.has(atMs)) return [];
    const later = changes?.future.findLast((change) => change.atMs <= atMs);
    if (!later) return [occurrence(event, localMs, reading)];
    return later.event.isBusy ? [occurrence(later.event, localMs + later.shiftMs, reading)] : [];
  });
}

/** Local times at which the event begins, each once. */
function startsOf(event: CalendarEvent, reading: Reading): number[] {
  const { start, added } = event;
  const bounds = localBounds(event, reading);
  const isWithin = (localMs: number) => localMs >= bounds.fromMs && localMs <= bounds.toMs;
  const locals = new Set([start.localMs].filter(isWithin));
  for (const stamp of added.filter((one) => isWithin(one.localMs)))
    locals.add(
      stamp.zone === start.zone
        ? stamp.localMs
        : localOf(reading.zones(start.zone), instantOfStamp(stamp, reading)),
    );
  for (const rule of event.rules)
    for (const localMs of recurrences(rule, event, reading)) locals.add(localMs);
  return [...locals];
}

function recurrences(rule: Rule, event: CalendarEvent, reading: Reading): number[] {
  const { start } = event;
  const bounds = localBounds(event, reading);
  const end = endOf(rule);
  if (end !== null && end.localMs + SLACK_MS < bounds.fromMs) return [];
  const found = reading.recurring(rule, start.localMs, bounds);
  if (end === null) return found;
  if (end.isDate) return found.filter((localMs) => localMs < end.localMs + DAY_MS);
  if (end.zone !== "UTC" || start.isDate) return found.filter((localMs) => localMs <= end.localMs);
  const zone = reading.zones(start.zone);
  return found.filter((localMs) => instantOf(zone, localMs) <= end.localMs);
}

type Timed = Pick<CalendarEvent, "start" | "end">;

/** Local times, of any zone, at which something of this length begins that may be within the span. */
function localBounds({ start, end }: Timed, { span }: Reading): Span {
  return { fromMs: span.fromMs - SLACK_MS - roughLength(start, end), toMs: span.toMs + SLACK_MS };
}

function roughLength(start: Stamp, end: CalendarEvent["end"]): number {
  if (end === null) return DAY_MS;
  return Math.max("zone" in end ? end.localMs - start.localMs : end.days * DAY_MS + end.ms, 0);
}

function isClose({ localMs }: Stamp, timed: Timed, reading: Reading): boolean {
  const { fromMs, toMs } = localBounds(timed, reading);
  return localMs >= fromMs && localMs <= toMs;
}

const isNear = (timed: Timed, reading: Reading): boolean => isClose(timed.start, timed, reading);

const instantOfStamp = ({ zone, localMs }: Stamp, { zones }: Reading): number =>
  instantOf(zones(zone), localMs);

/** The occurrence that begins at this local time. With an end it takes the same exact time as the first one (RFC 5545, 3.8.5.3). */
function occurrence({ start, end }: Timed, localMs: number, reading: Reading): Busy {
  const zone = reading.zones(start.zone);
  const fromMs = instantOf(zone, localMs);
  const isWholeDay = start.isDate;
  const ends = (days: number) => instantOf(zone, localMs + days * DAY_MS);
  if (end === null) return { fromMs, toMs: isWholeDay ? ends(1) : fromMs, isWholeDay };
  if (!("zone" in end)) return { fromMs, toMs: lengthEnd(end, ends), isWholeDay };
  if (isWholeDay) {
    const days = Math.max(Math.ceil((end.localMs - start.localMs) / DAY_MS), 1);
    return { fromMs, toMs: ends(days), isWholeDay };
  }
  const exactMs = instantOfStamp(end, reading) - instantOf(zone, start.localMs);
  return { fromMs, toMs: fromMs + Math.max(exactMs, 0), isWholeDay };
}

const lengthEnd = ({ days, ms }: Length, ends: (days: number) => number): number => ends(days) + ms;
