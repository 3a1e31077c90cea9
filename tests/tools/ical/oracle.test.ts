import fc from "fast-check";
import { expect, it } from "vitest";
import { event } from "../../../fakes/systems/calendar.ts";
import { runs, SEED } from "../../support/seed.ts";
import { type NaiveCase, type NaiveEvent, naiveFree } from "./oracle.ts";
import { EVERY_DAY, freeInstants } from "./support.ts";

const MINUTE = 60_000;
const DAY = 86_400_000;

/** Dates whose clocks are put forward or back, at 2:00, 24:00 and by half an hour, and quiet ones. */
const PLACES = [
  ...["America/Lima 2026-12-01", "Europe/Madrid 2026-10-25", "Europe/Madrid 2027-03-28"],
  ...["America/Sao_Paulo 2018-11-04", "America/Sao_Paulo 2018-02-18", "Australia/Lord_Howe 2026-10-04"],
  ...["Asia/Kathmandu 2026-06-01", "America/Santiago 2026-09-06"],
];

const stamp = (ms: number): string => new Date(ms).toISOString().replace(/[-:]|\.000Z/g, "");

function component(
  { start, minutes, isWholeDay, every, times, without }: NaiveEvent,
  { firstMs, timeZone }: NaiveCase,
  at: number,
): string {
  const beginning = firstMs + start * MINUTE;
  const lines = isWholeDay
    ? [`DTSTART;VALUE=DATE:${stamp(beginning).slice(0, 8)}`]
    : [
        // Each way to say the same.
        at % 2 === 0 ? `DTSTART:${stamp(beginning)}` : `DTSTART;TZID=${timeZone}:${stamp(beginning)}`,
        `DURATION:PT${minutes}M`,
      ];
  const times2 = (n: number) => stamp(beginning + n * every * DAY);
  const value = isWholeDay ? ";VALUE=DATE" : at % 2 === 0 ? "" : `;TZID=${timeZone}`;
  const left = without.map((n) => (isWholeDay ? times2(n).slice(0, 8) : times2(n)));
  const until = isWholeDay ? times2(times - 1).slice(0, 8) : times2(times - 1);
  const end = at % 3 === 0 ? `UNTIL=${until}` : `COUNT=${times}`;
  return event(
    ...lines,
    ...(every === 0 ? [] : [`RRULE:FREQ=DAILY;INTERVAL=${every};${end}`]),
    ...(left.length > 0 && every > 0 ? [`EXDATE${value}:${left.join(",")}`] : []),
  );
}

const naiveEvent = fc
  .record({
    day: fc.integer({ min: -6, max: 2 }),
    minute: fc.integer({ min: 0, max: 287 }).map((n) => n * 5),
    minutes: fc.integer({ min: 0, max: 60 }).map((n) => n * 5),
    isWholeDay: fc.nat(9).map((n) => n === 0),
    every: fc.constantFrom(0, 0, 1, 2, 3),
    times: fc.integer({ min: 1, max: 9 }),
    without: fc.array(fc.nat(8), { maxLength: 3 }),
  })
  .map(({ day, minute, without, ...more }): NaiveEvent => {
    const start = day * 1_440 + (more.isWholeDay ? 0 : minute);
    return { start, ...more, without: more.every === 0 ? [] : without };
  });

const naiveCase = fc
  .record({
    place: fc.constantFrom(...PLACES),
    opens: fc.integer({ min: 0, max: 46 }).map((n) => n * 30),
    length: fc.integer({ min: 1, max: 40 }).map((n) => n * 30),
    slotMinutes: fc.constantFrom(10, 15, 20, 30, 45, 60, 90),
    capacity: fc.constantFrom(1, 1, 1, 2, 3),
    events: fc.array(naiveEvent, { maxLength: 6 }),
  })
  .map(({ place, opens, length, ...more }): NaiveCase => {
    const [timeZone = "", date = ""] = place.split(" ");
    return {
      ...{ timeZone, firstMs: Date.parse(`${date}T00:00Z`), days: 2 },
      ...{ ...more, open: { from: opens, to: opens + Math.min(length, 1_439) } },
    };
  });

const clock = (minutes: number): string =>
  `${String(Math.floor(minutes / 60)).padStart(2, "0")}:${String(minutes % 60).padStart(2, "0")}`;

it("offers exactly what is free when every minute is looked at", async () => {
  await fc.assert(
    fc.asyncProperty(naiveCase, async (given) => {
      const { from, to } = given.open;
      const free = await freeInstants({
        ...{
          timeZone: given.timeZone,
          from: new Date(given.firstMs).toISOString().slice(0, 10),
          days: given.days,
        },
        hours: EVERY_DAY(`${clock(from)}-${clock(to > 1_440 ? to - 1_440 : to)}`),
        ...{ slotMinutes: given.slotMinutes, capacity: given.capacity },
        components: given.events.map((one, at) => component(one, given, at)),
      });
      const text = (all: readonly number[]) => all.map((ms) => new Date(ms).toISOString().slice(5, 16));
      expect(text(free)).toEqual(text(naiveFree(given)));
    }),
    { seed: SEED, numRuns: runs(150) },
  );
});
