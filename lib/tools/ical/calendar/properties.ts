/** Values of a component's properties, read by ical.js. */
import type ICAL from "ical.js";
import type { Component } from "./components.ts";
import { FeedError } from "./feed-error.ts";

export type Ical = typeof ICAL;
export type Rule = InstanceType<Ical["Recur"]>;

/** A time as a feed writes it. */
export interface Stamp {
  /** Epoch milliseconds, as if the clock of its zone showed UTC. */
  localMs: number;
  /** A whole day. */
  isDate: boolean;
  /** `UTC`, the id of a zone, or empty: the local time of whoever reads it. */
  zone: string;
}

/** Nominal days, as long as they happen to be, and then milliseconds. */
export interface Length {
  days: number;
  ms: number;
}

const MOST_RULE_CHARACTERS = 500;
/** A hundred years: longer ones are as good as endless. */
const MOST_DAYS = 36_525;

/** A property of jCal (RFC 7265): name, parameters, type, values. */
type Property = [string, Readonly<Record<string, unknown>>, string, ...unknown[]];

/** All properties of this name. Throws FeedError for one that cannot be read. */
export function propertiesOf(ical: Ical, component: Component, name: string): Property[] {
  return (component.lines.get(name) ?? []).map((line) =>
    read(() => ical.parse.property(line) as unknown as Property),
  );
}

/** First value as text; empty when there is none. */
export const textOf = (ical: Ical, component: Component, name: string): string =>
  String(propertiesOf(ical, component, name)[0]?.[3] ?? "").slice(0, 1_000);

/** All times of this name; of periods, their beginnings. */
export function stampsOf(ical: Ical, component: Component, name: string): Stamp[] {
  return propertiesOf(ical, component, name).flatMap(([, { tzid }, , ...values]) =>
    values.map((value) => stampOf(Array.isArray(value) ? value[0] : value, tzid)),
  );
}

/** All periods of this name, and what kind of busy time they are (`FBTYPE`). */
export function periodsOf(ical: Ical, component: Component, name: string) {
  return propertiesOf(ical, component, name).flatMap(([, { tzid, fbtype = "BUSY" }, , ...values]) =>
    values.map((value) => {
      const [start, end] = Array.isArray(value) ? value : [];
      const isLength = /^[+-]?P/.test(String(end));
      return {
        type: String(fbtype).toUpperCase(),
        start: stampOf(start, tzid),
        end: isLength ? lengthOf(ical, String(end)) : stampOf(end, tzid),
      };
    }),
  );
}

/** All rules of this name. */
export function rulesOf(ical: Ical, component: Component, name: string): Rule[] {
  return propertiesOf(ical, component, name).flatMap(([, , , ...values]) =>
    values.map((value) => {
      if (JSON.stringify(value).length > MOST_RULE_CHARACTERS) throw new FeedError("invalid_answer");
      return read(() => ical.Recur.fromData(value as Parameters<typeof ical.Recur.fromData>[0]));
    }),
  );
}

/** Last time at which a rule may recur; null: it does not say. */
export const endOf = ({ until }: Rule): Stamp | null => (until ? stampOf(until.toString(), "") : null);

/** `P1DT2H`; one below zero is none. */
export function lengthOf(ical: Ical, text: string): Length {
  const { weeks, days, hours, minutes, seconds, isNegative } = read(() => ical.Duration.fromString(text));
  if (isNegative) return { days: 0, ms: 0 };
  const ms = ((hours * 60 + minutes) * 60 + seconds) * 1_000;
  return { days: Math.min(weeks * 7 + days, MOST_DAYS), ms: Math.min(ms, MOST_DAYS * 86_400_000) };
}

/** `T::` is what ical.js makes of a date that is not said to be one, as some programs write it. */
const STAMP = /^(\d{4})-(\d\d)-(\d\d)(?:T::|T(\d\d):(\d\d):(\d\d)(Z?))?$/;

/** A time of jCal: `2026-12-01`, `2026-12-01T09:00:00` or with a `Z`. Throws FeedError. */
function stampOf(value: unknown, tzid: unknown): Stamp {
  const found = STAMP.exec(String(value));
  if (!found) throw new FeedError("invalid_answer");
  const [, year, month, day, hour, minute = "0", second = "0", utc] = found;
  const localMs = Date.UTC(
    ...([Number(year), Number(month) - 1, Number(day)] as const),
    ...([Number(hour ?? 0), Number(minute), Number(second)] as const),
  );
  const written = new Date(localMs).toISOString();
  // The 31st of February, 25:00, and years that are taken for others; a leap second is none.
  const isReal = Number(year) >= 1_000 && written.startsWith(`${year}-${month}-${day}`);
  if (!isReal || Number(hour ?? 0) > 23) throw new FeedError("invalid_answer");
  const isDate = hour === undefined;
  return { localMs, isDate, zone: isDate ? "" : utc ? "UTC" : String(tzid ?? "") };
}

function read<T>(reading: () => T): T {
  try {
    return reading();
  } catch {
    throw new FeedError("invalid_answer");
  }
}
