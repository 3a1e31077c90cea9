/** Slots of the opening hours that are not full. */
import type { Range, Schedule } from "../../hours/range.ts";
import { rangesOn } from "../../hours/schedule.ts";
import type { Span } from "./times/recurrence.ts";
import { DAY_MS, instantOf, localOf, MINUTE_MS, type Zone } from "./times/zone.ts";

export interface SlotRules {
  schedule: Schedule;
  /** Dates on which it is open within these ranges at most. */
  limits: Schedule["exceptions"];
  zone: Zone;
  slotMinutes: number;
}

/** Local dates, as local midnights, from the first on. */
export interface Dates {
  firstMs: number;
  count: number;
}

/** Instants, in order, at which a slot of these dates begins that none of the full times touches. */
export function freeSlots(rules: SlotRules, { firstMs, count }: Dates, full: readonly Span[]): number[] {
  const endMs = firstMs + count * DAY_MS;
  const starts = new Set<number>();
  // What the day before began may go on after midnight.
  for (let dayMs = firstMs - DAY_MS; dayMs < endMs; dayMs += DAY_MS)
    for (const range of rangesWithin(rules, dayMs))
      for (const atMs of slotsIn(range, dayMs, rules)) {
        const localMs = localOf(rules.zone, atMs);
        if (localMs >= firstMs && localMs < endMs) starts.add(atMs);
      }
  const lengthMs = rules.slotMinutes * MINUTE_MS;
  const sorted = [...starts].sort((one, other) => one - other);
  let next = 0;
  return sorted.filter((atMs) => {
    while ((full[next]?.toMs ?? Number.POSITIVE_INFINITY) <= atMs) next++;
    return (full[next]?.fromMs ?? Number.POSITIVE_INFINITY) >= atMs + lengthMs;
  });
}

function rangesWithin({ schedule, limits }: SlotRules, dayMs: number): Range[] {
  const ranges = [...rangesOn(schedule, dayMs)];
  const iso = new Date(dayMs).toISOString().slice(0, 10);
  const limit = limits.get(iso) ?? limits.get(iso.slice(5));
  if (!limit) return ranges;
  return ranges.flatMap((range) =>
    limit
      .map(({ from, to }) => ({ from: Math.max(from, range.from), to: Math.min(to, range.to) }))
      .filter(({ from, to }) => from < to),
  );
}

/** More than clocks are ever put back. */
const SLACK_MS = 3 * 60 * MINUTE_MS;

/** Beginnings of the slots of one range, one after the other from its beginning; none in an hour that is skipped. */
function slotsIn({ from, to }: Range, dayMs: number, { zone, slotMinutes }: SlotRules): number[] {
  const [opensMs, closesMs] = [dayMs + from * MINUTE_MS, dayMs + to * MINUTE_MS];
  const lengthMs = slotMinutes * MINUTE_MS;
  const firstMs = firstInstant(zone, opensMs);
  const lastMs = instantOf(zone, closesMs) + SLACK_MS;
  const isSteady = zone.offsetMs(firstMs) === zone.offsetMs(lastMs);
  const isOpen = (ms: number) => localOf(zone, ms) >= opensMs && localOf(zone, ms) < closesMs;
  const found: number[] = [];
  for (let atMs = firstMs; atMs + lengthMs <= lastMs; atMs += lengthMs) {
    const stepMs = isSteady ? lengthMs : MINUTE_MS;
    let open = isOpen(atMs + lengthMs - MINUTE_MS);
    for (let ms = atMs; open && ms < atMs + lengthMs; ms += stepMs) open = isOpen(ms);
    if (open) found.push(atMs);
  }
  return found;
}

/** The instant of a local time; of one that is skipped, the first after it. */
function firstInstant(zone: Zone, localMs: number): number {
  let atMs = instantOf(zone, localMs);
  while (localOf(zone, atMs - MINUTE_MS) > localMs) atMs -= MINUTE_MS;
  return atMs;
}
