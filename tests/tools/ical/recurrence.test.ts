import fc from "fast-check";
import ICAL from "ical.js";
import { expect, it } from "vitest";
import { createSteps } from "../../../lib/tools/ical/calendar/feed-error.ts";
import { createRecurring } from "../../../lib/tools/ical/times/recurrence.ts";
import { runs, SEED } from "../../support/seed.ts";

const DAY = 86_400_000;
const NAMES = ["SU", "MO", "TU", "WE", "TH", "FR", "SA"];

/** A rule with a test of single days: day numbers since 1970, the first one is the start's. */
interface Rule {
  text: string;
  isOn(day: number, start: number): boolean;
  interval: number;
}

const date = (day: number) => {
  const at = new Date(day * DAY);
  const [year, month, number] = [at.getUTCFullYear(), at.getUTCMonth() + 1, at.getUTCDate()];
  const last = new Date(Date.UTC(year, month, 0)).getUTCDate();
  return { year, month, number, last, weekday: at.getUTCDay() };
};
const months = (day: number) => date(day).year * 12 + date(day).month;
/** Weeks begin on Monday unless a rule says otherwise. */
const weeks = (day: number) => Math.floor((day + 3) / 7);
const every = fc.integer({ min: 1, max: 4 });
const weekdays = fc.uniqueArray(fc.integer({ min: 0, max: 6 }), { minLength: 1, maxLength: 5 });
const names = (days: readonly number[]) => days.map((day) => NAMES[day]).join(",");

const rule: fc.Arbitrary<Rule> = fc.oneof(
  every.map((interval) => ({
    ...{ text: "FREQ=DAILY", interval },
    isOn: (day: number, start: number) => (day - start) % interval === 0,
  })),
  fc.tuple(every, weekdays).map(([interval, days]) => ({
    ...{ text: `FREQ=WEEKLY;BYDAY=${names(days)}`, interval },
    isOn: (day: number, start: number) =>
      (weeks(day) - weeks(start)) % interval === 0 && days.includes(date(day).weekday),
  })),
  fc.tuple(every, fc.constantFrom(1, 2, 13, 28, 31, -1)).map(([interval, number]) => ({
    ...{ text: `FREQ=MONTHLY;BYMONTHDAY=${number}`, interval },
    isOn: (day: number, start: number) =>
      (months(day) - months(start)) % interval === 0 &&
      date(day).number === (number < 0 ? date(day).last + number + 1 : number),
  })),
  fc
    .tuple(every, fc.constantFrom(1, 2, 3, 4, -1), fc.integer({ min: 0, max: 6 }))
    .map(([interval, nth, weekday]) => ({
      ...{ text: `FREQ=MONTHLY;BYDAY=${nth}${NAMES[weekday]}`, interval },
      isOn: (day: number, start: number) =>
        (months(day) - months(start)) % interval === 0 && isNth(day, nth, weekday),
    })),
  fc
    .tuple(every, fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1, max: 28 }))
    .map(([interval, month, number]) => ({
      ...{ text: `FREQ=YEARLY;BYMONTH=${month};BYMONTHDAY=${number}`, interval },
      isOn: (day: number, start: number) =>
        (date(day).year - date(start).year) % interval === 0 &&
        date(day).month === month &&
        date(day).number === number,
    })),
  fc
    .tuple(every, fc.integer({ min: 1, max: 12 }), fc.constantFrom(1, 3, -1), fc.integer({ min: 0, max: 6 }))
    .map(([interval, month, nth, weekday]) => ({
      ...{ text: `FREQ=YEARLY;BYMONTH=${month};BYDAY=${nth}${NAMES[weekday]}`, interval },
      isOn: (day: number, start: number) =>
        (date(day).year - date(start).year) % interval === 0 &&
        date(day).month === month &&
        isNth(day, nth, weekday),
    })),
);

function isNth(day: number, nth: number, weekday: number): boolean {
  const { number, last, weekday: own } = date(day);
  return own === weekday && (nth < 0 ? number > last - 7 : Math.ceil(number / 7) === nth);
}

it("recurs on the days that a rule means, however long ago it began", () => {
  const at = fc.record({
    rule,
    before: fc.integer({ min: 0, max: 12 * 366 }),
    from: fc.integer({ min: 20_400, max: 21_500 }),
    count: fc.option(fc.integer({ min: 1, max: 400 })),
    minute: fc.nat(1_439),
  });
  fc.assert(
    fc.property(at, ({ rule: { text, interval, isOn }, before, from, count, minute }) => {
      const recurring = createRecurring(ICAL, createSteps(1_000_000));
      // The start of a series is one of its days.
      let start = from - before;
      while (!isOn(start, start)) start++;
      const days: number[] = [];
      let times = 0;
      for (let day = start; day < from + 21; day++) {
        if (!isOn(day, start) || (count !== null && ++times > count)) continue;
        if (day >= from) days.push(day);
      }
      const parsed = ICAL.Recur.fromString(
        `${text};INTERVAL=${interval}${count === null ? "" : `;COUNT=${count}`}`,
      );
      const startMs = start * DAY + minute * 60_000;
      const found = recurring(parsed, startMs, { fromMs: from * DAY, toMs: (from + 21) * DAY - 1 });
      const written = (all: readonly number[]) => all.map((ms) => new Date(ms).toISOString().slice(0, 16));
      expect(written(found)).toEqual(written(days.map((day) => day * DAY + minute * 60_000)));
    }),
    { seed: SEED, numRuns: runs(300) },
  );
});
