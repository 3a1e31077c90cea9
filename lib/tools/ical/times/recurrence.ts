/** Recurrence rules by ical.js, with all their work counted: a rule may ask for every second, or for the 30th of February. */
import type ICAL from "ical.js";
import { FeedError, type Steps } from "../calendar/feed-error.ts";
import { DAY_MS } from "./zone.ts";

type Ical = typeof ICAL;
type Rule = InstanceType<Ical["Recur"]>;
type Time = InstanceType<Ical["Time"]>;

/** Local times, both included. */
export interface Span {
  fromMs: number;
  toMs: number;
}

/** Local times within a span at which a rule recurs, in order. Throws FeedError. */
export type Recurring = (rule: Rule, startMs: number, span: Span) => number[];

const MOST_INTERVAL = 1_000;
/** Beyond the span, because what is found within a week, a month or a year is not quite in order. */
const SLACK_DAYS: Readonly<Record<string, number>> = { WEEKLY: 8, MONTHLY: 400, YEARLY: 400 };
/** Cost of looking through a whole year. */
const YEAR_STEPS = 20;

class Ended extends Error {}

/** Expands rules at the cost of `steps`. */
export function createRecurring(ical: Ical, steps: Steps): Recurring {
  let endMs = 0;
  // Every loop of the iterator goes through one of these.
  class CountedIterator extends ical.RecurIterator {
    override check_contracting_rules() {
      steps.take(1);
      if (localMsOf(this.last) > endMs) throw new Ended();
      return super.check_contracting_rules();
    }
    override increment_monthday(days: number) {
      steps.take(days);
      super.increment_monthday(days);
    }
    override increment_month() {
      steps.take(1);
      if (localMsOf(this.last) > endMs) throw new Ended();
      super.increment_month();
    }
    override increment_year(years: number) {
      steps.take(1);
      super.increment_year(years);
    }
    override expand_year_days(year: number) {
      steps.take(YEAR_STEPS);
      return super.expand_year_days(year);
    }
  }
  return (given, startMs, span) => {
    if (!(given.interval >= 1 && given.interval <= MOST_INTERVAL)) throw new FeedError("invalid_answer");
    const rule = given.clone();
    // Its end is an instant, which the caller knows; this keeps yearly rules from being searched for until the year 20,000.
    endMs = span.toMs + (SLACK_DAYS[rule.freq] ?? 2) * DAY_MS;
    rule.until = timeOf(ical, endMs);
    steps.take(10);
    try {
      const dtstart = timeOf(ical, forwarded(rule, startMs, span.fromMs));
      return collected(() => new CountedIterator({ rule, dtstart }), span, endMs);
    } catch (error) {
      if (error instanceof FeedError) throw error;
      throw new FeedError("invalid_answer");
    }
  };
}

function collected(begin: () => { next(): Time | null }, { fromMs, toMs }: Span, endMs: number): number[] {
  const found: number[] = [];
  try {
    const iterator = begin();
    for (let time = iterator.next(); time; time = iterator.next()) {
      const ms = localMsOf(time);
      if (ms > endMs) break;
      if (ms >= fromMs && ms <= toMs) found.push(ms);
    }
  } catch (error) {
    if (!(error instanceof Ended)) throw error;
  }
  return found.sort((one, other) => one - other);
}

/** A later start from which the rule goes on in the same way, so that old series cost no more than new ones. */
function forwarded(rule: Rule, startMs: number, fromMs: number): number {
  const days = { DAILY: 1, WEEKLY: 7 }[rule.freq as string];
  if (rule.count || fromMs <= startMs) return startMs;
  if (days !== undefined) {
    const periodMs = days * rule.interval * DAY_MS;
    return startMs + Math.max(Math.floor((fromMs - startMs) / periodMs) - 1, 0) * periodMs;
  }
  const start = new Date(startMs);
  if (rule.freq !== "YEARLY" || start.getUTCDate() > 28 || "BYWEEKNO" in rule.parts) return startMs;
  const years = new Date(fromMs).getUTCFullYear() - start.getUTCFullYear();
  const skipped = Math.max(Math.floor(years / rule.interval) - 1, 0) * rule.interval;
  return start.setUTCFullYear(start.getUTCFullYear() + skipped);
}

function localMsOf({ year, month, day, hour, minute, second }: Time): number {
  return Date.UTC(year, month - 1, day, hour, minute, second);
}

function timeOf(ical: Ical, localMs: number): Time {
  const date = new Date(localMs);
  return new ical.Time(
    {
      year: date.getUTCFullYear(),
      month: date.getUTCMonth() + 1,
      day: date.getUTCDate(),
      hour: date.getUTCHours(),
      minute: date.getUTCMinutes(),
      second: date.getUTCSeconds(),
      isDate: false,
    },
    ical.Timezone.localTimezone,
  );
}
