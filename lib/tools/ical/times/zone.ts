/** Between local times and instants. A local time is in epoch milliseconds, as if its clock showed UTC. */
import { wallClock } from "../../../hours/wall-clock.ts";

export const MINUTE_MS = 60_000;
export const DAY_MS = 86_400_000;

/** What a zone's clocks are ahead of UTC. */
export interface Zone {
  offsetMs(instantMs: number): number;
}

export const UTC: Zone = { offsetMs: () => 0 };

/** A zone of the IANA database; null when there is none of that name. Names in any case, so only the canonical one is kept. */
export function namedZone(name: string): Zone | null {
  if (name.length > 64 || !/^[A-Za-z][\w+-]*(\/[\w+-]+)*$/.test(name)) return null;
  try {
    const { timeZone } = new Intl.DateTimeFormat("en", { timeZone: name }).resolvedOptions();
    const wall = wallClock(timeZone);
    return {
      offsetMs(instantMs) {
        const minute = Math.floor(instantMs / MINUTE_MS) * MINUTE_MS;
        return wall(minute) - minute;
      },
    };
  } catch {
    return null;
  }
}

/**
 * The instant of a local time. One that is twice is the first of the two; one that is never, as clocks go forward, is told by the clock
 * from before (RFC 5545, 3.3.5).
 */
export function instantOf(zone: Zone, localMs: number): number {
  const before = zone.offsetMs(localMs - DAY_MS);
  const after = zone.offsetMs(localMs + DAY_MS);
  const isRight = (offset: number) => zone.offsetMs(localMs - offset) === offset;
  return localMs - (!isRight(before) && isRight(after) ? after : before);
}

/** The local time of an instant. */
export const localOf = (zone: Zone, instantMs: number): number => instantMs + zone.offsetMs(instantMs);
