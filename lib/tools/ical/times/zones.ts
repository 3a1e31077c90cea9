/** The zones that a feed names. */
import type { Component } from "../calendar/components.ts";
import { FeedError } from "../calendar/feed-error.ts";
import { endOf, type Ical, propertiesOf, rulesOf, stampsOf, textOf } from "../calendar/properties.ts";
import type { Recurring, Span } from "./recurrence.ts";
import { DAY_MS, namedZone, UTC, type Zone } from "./zone.ts";

/** The zone of a stamp, by its name. Throws FeedError for one that nothing defines. */
export type Zones = (name: string) => Zone;

const MOST_ZONES = 50;

/**
 * Zones by what the IANA database says; a feed's own definition counts for names that are not in it. Floating times and whole days are
 * in `home`.
 */
export function createZones(
  { ical, recurring }: { ical: Ical; recurring: Recurring },
  calendars: readonly Component[],
  { home, span }: { home: Zone; span: Span },
): Zones {
  const definitions = calendars.flatMap(({ parts }) => parts.filter(({ name }) => name === "VTIMEZONE"));
  const known = new Map<string, Zone>([
    ["", home],
    ["UTC", UTC],
  ]);
  const defined = (name: string): Zone | null => {
    const definition = definitions.find((one) => textOf(ical, one, "TZID") === name);
    if (!definition) return null;
    const place = namedZone(textOf(ical, definition, "X-LIC-LOCATION"));
    return place ?? definedZone(ical, definition, { recurring, span });
  };
  return (name) => {
    const before = known.get(name);
    if (before) return before;
    if (known.size > MOST_ZONES) throw new FeedError("too_large");
    const zone = namedZone(name) ?? defined(name);
    if (!zone) throw new FeedError("invalid_answer");
    known.set(name, zone);
    return zone;
  };
}

/** Clocks are changed once a year at least, or never again. */
const LOOK_BACK_MS = 800 * DAY_MS;

interface Change {
  atMs: number;
  beforeMs: number;
  afterMs: number;
}

/** A zone by its VTIMEZONE, as far as the span goes. */
function definedZone(
  ical: Ical,
  { parts }: Component,
  { recurring, span }: { recurring: Recurring; span: Span },
): Zone {
  const changes = parts
    .flatMap((part): Change[] => {
      const beforeMs = offsetOf(ical, part, "TZOFFSETFROM");
      const afterMs = offsetOf(ical, part, "TZOFFSETTO");
      const [start] = stampsOf(ical, part, "DTSTART");
      if (!start) throw new FeedError("invalid_answer");
      const wide = { fromMs: span.fromMs - LOOK_BACK_MS, toMs: span.toMs };
      const again = rulesOf(ical, part, "RRULE").flatMap((rule) => {
        const end = endOf(rule);
        return recurring(rule, start.localMs, wide).filter(
          (localMs) => end === null || localMs - beforeMs <= end.localMs,
        );
      });
      const listed = stampsOf(ical, part, "RDATE").map(({ localMs }) => localMs);
      return [start.localMs, ...listed, ...again].map((localMs) => ({
        ...{ atMs: localMs - beforeMs, beforeMs, afterMs },
      }));
    })
    .sort((one, other) => one.atMs - other.atMs);
  const [first] = changes;
  if (!first) throw new FeedError("invalid_answer");
  return {
    offsetMs: (instantMs) => changes.findLast(({ atMs }) => atMs <= instantMs)?.afterMs ?? first.beforeMs,
  };
}

/** `+01:00` of jCal in milliseconds. */
function offsetOf(ical: Ical, component: Component, name: string): number {
  const [, sign, hours, minutes, seconds = "0"] =
    /^([+-])(\d\d):(\d\d)(?::(\d\d))?$/.exec(String(propertiesOf(ical, component, name)[0]?.[3])) ?? [];
  if (sign === undefined) throw new FeedError("invalid_answer");
  const ms = ((Number(hours) * 60 + Number(minutes)) * 60 + Number(seconds)) * 1_000;
  return sign === "-" ? -ms : ms;
}
