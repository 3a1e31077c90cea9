import type { Component } from "./components.ts";
import { FeedError } from "./feed-error.ts";
import {
  type Ical,
  type Length,
  lengthOf,
  periodsOf,
  propertiesOf,
  type Rule,
  rulesOf,
  type Stamp,
  stampsOf,
  textOf,
} from "./properties.ts";

/** An event, or one occurrence of a series that is not like the others. */
export interface CalendarEvent {
  uid: string;
  start: Stamp;
  /** Where it ends, or how long it is; null: a date is a day long, a time no time at all. */
  end: Stamp | Length | null;
  rules: readonly Rule[];
  /** More times at which it takes place, and times at which it does not. */
  added: readonly Stamp[];
  left: readonly Stamp[];
  /** The occurrence of the series that this one replaces, or from which on it replaces all. */
  replaces: { stamp: Stamp; andFuture: boolean } | null;
  /** False when it is cancelled, or takes nobody's time. */
  isBusy: boolean;
}

/** A span of time that is said to be busy without an event. */
export interface BusyPeriod {
  start: Stamp;
  end: Stamp | Length;
}

/**
 * All that says when somebody is busy within a span of instants, and more. Throws FeedError for what cannot be read: what may be taken is
 * never offered.
 */
export function eventsIn(
  ical: Ical,
  calendars: readonly Component[],
  span: { fromMs: number; toMs: number },
): { events: CalendarEvent[]; periods: BusyPeriod[] } {
  const parts = calendars.flatMap((calendar) => calendar.parts);
  return {
    events: parts
      .filter((part) => part.name === "VEVENT" && !isElsewhere(part, span))
      .map((part) => eventOf(ical, part)),
    periods: parts
      .filter(({ name }) => name === "VFREEBUSY")
      .flatMap((part) => periodsOf(ical, part, "FREEBUSY"))
      .filter(({ type }) => type !== "FREE"),
  };
}

/** More than any zone is ahead of or behind another. */
const SLACK_MS = 3 * 86_400_000;

/** True for a single event that is long over or far ahead, as most of a calendar are: reading them all takes most of the time. */
function isElsewhere({ lines }: Component, { fromMs, toMs }: { fromMs: number; toMs: number }): boolean {
  if (["RRULE", "RDATE", "RECURRENCE-ID", "DURATION"].some((name) => lines.has(name))) return false;
  const start = dateOf(lines.get("DTSTART")?.[0]);
  const end = lines.has("DTEND") ? dateOf(lines.get("DTEND")?.[0]) : start;
  return start > toMs + SLACK_MS || Math.max(start, end) < fromMs - SLACK_MS;
}

/** The day that a line ends with, `…20261201T100000Z`; NaN when it is none. */
function dateOf(line = ""): number {
  const [, year, month, day] = /(\d{4})(\d\d)(\d\d)(?:T\d{6}Z?)?$/.exec(line.slice(-16)) ?? [];
  return Date.parse(`${year}-${month}-${day}T00:00Z`);
}

function eventOf(ical: Ical, component: Component): CalendarEvent {
  const [start] = stampsOf(ical, component, "DTSTART");
  if (!start) throw new FeedError("invalid_answer");
  const [end] = stampsOf(ical, component, "DTEND");
  const duration = textOf(ical, component, "DURATION");
  const [replaced] = stampsOf(ical, component, "RECURRENCE-ID");
  const [range] = propertiesOf(ical, component, "RECURRENCE-ID").map(([, parameters]) => parameters.range);
  return {
    uid: textOf(ical, component, "UID"),
    start,
    end: end ?? (duration === "" ? null : lengthOf(ical, duration)),
    rules: rulesOf(ical, component, "RRULE"),
    added: stampsOf(ical, component, "RDATE"),
    left: stampsOf(ical, component, "EXDATE"),
    replaces: replaced ? { stamp: replaced, andFuture: range === "THISANDFUTURE" } : null,
    isBusy:
      textOf(ical, component, "STATUS").toUpperCase() !== "CANCELLED" &&
      textOf(ical, component, "TRANSP").toUpperCase() !== "TRANSPARENT",
  };
}
