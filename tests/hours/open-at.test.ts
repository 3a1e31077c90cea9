import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { openNow } from "../../lib/hours/describe.ts";
import { endOfWait, openAt } from "../../lib/hours/open-at.ts";
import { isOpen, scheduleOf } from "../../lib/hours/schedule.ts";
import { wallClock } from "../../lib/hours/wall-clock.ts";
import type { OpeningHours } from "../../lib/types/company.ts";
import { runs, SEED } from "../support/seed.ts";

const MINUTE_MS = 60_000;
const shop = (openingHours: OpeningHours, timeZone = "America/Lima") => ({
  hours: "",
  openingHours,
  timeZone,
});
const EVERY: OpeningHours = Object.fromEntries(
  ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday"].map((day) => [day, ["10:00-20:00"]]),
);
/** An instant by Lima's clock, five hours behind UTC all year. */
const lima = (text: string) => Date.parse(`${text.replace(" ", "T")}-05:00`);

describe("the line of the prompt", () => {
  test.each<[string, OpeningHours, string | null]>([
    // Saturday 28 November 2026.
    ["2026-11-28 10:25", EVERY, "open now until 20:00"],
    ["2026-11-28 10:00", EVERY, "open now until 20:00"],
    ["2026-11-28 20:00", EVERY, "closed now, opens Monday 10:00"],
    ["2026-11-28 09:59", EVERY, "closed now, opens today 10:00"],
    ["2026-11-29 12:00", EVERY, "closed now, opens Monday 10:00"],
    ["2026-11-28 14:30", { saturday: ["09:00-13:00", "15:00-19:00"] }, "closed now, opens today 15:00"],
    ["2026-11-29 01:30", { saturday: ["20:00-02:00"] }, "open now until 02:00"],
    ["2026-11-29 02:00", { saturday: ["20:00-02:00"] }, "closed now, opens Saturday 20:00"],
    ["2026-12-24 21:00", { ...EVERY, exceptions: { "12-25": [] } }, "closed now, opens Saturday 10:00"],
    ["2026-12-25 12:00", { ...EVERY, exceptions: { "12-25": ["11:00-13:00"] } }, "open now until 13:00"],
    ["2026-12-25 12:00", { ...EVERY, exceptions: { "2027-12-25": [] } }, "open now until 20:00"],
    [
      "2026-11-28 12:00",
      { exceptions: { "2026-12-24": ["10:00-12:00"] } },
      "closed now, opens Thursday 2026-12-24 10:00",
    ],
    ["2026-11-28 12:00", {}, "closed now"],
    [
      "2026-11-27 23:00",
      { friday: ["00:00-24:00"], saturday: ["00:00-24:00"], sunday: ["00:00-10:00"] },
      "open now until Sunday 10:00",
    ],
  ])("%s, %j: %s", (at, hours, line) => {
    expect(openNow(shop(hours), lima(at))).toBe(line);
  });

  test("of words that are certain, and nothing of others or of an unknown zone", () => {
    const at = lima("2026-11-28 10:25");
    const company = { hours: "Lunes a sábado de 10:00 a 20:00", timeZone: "America/Lima" };
    expect(openNow(company, at)).toBe("open now until 20:00");
    expect(openNow({ ...company, hours: "casi siempre" }, at)).toBeNull();
    expect(openNow({ ...company, timeZone: "Mars/Olympus" }, at)).toBeNull();
    expect(openNow({ ...company, hours: "24/7" }, at)).toBe("open now, always");
  });
});

const clock = fc
  .tuple(fc.integer({ min: 0, max: 23 }), fc.constantFrom("00", "15", "30", "59", "01"))
  .map(([hour, minute]) => `${String(hour).padStart(2, "0")}:${minute}`);
const ranges = fc.array(
  fc.tuple(clock, clock).map(([from, to]) => `${from}-${to}`),
  { maxLength: 2 },
);
const DAYS = ["sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday"];
const hours = fc.record({
  ...Object.fromEntries(DAYS.map((day) => [day, ranges])),
  exceptions: fc.dictionary(fc.constantFrom("03-28", "03-29", "2026-10-25", "11-01", "2026-04-05"), ranges, {
    maxKeys: 2,
  }),
}) as fc.Arbitrary<OpeningHours>;
/** Near changes of the clocks in their zones, and anywhere. */
const moment = fc.oneof(
  fc.constantFrom(
    ...([
      ["Europe/Madrid", "2026-03-29T01:00Z"],
      ["Europe/Madrid", "2026-10-25T01:00Z"],
      ["America/New_York", "2026-11-01T06:00Z"],
      ["America/Santiago", "2026-04-05T03:00Z"],
      ["America/Asuncion", "2024-10-06T04:00Z"],
      ["Australia/Lord_Howe", "2026-04-04T15:00Z"],
      ["Africa/Casablanca", "2026-02-15T02:00Z"],
      ["Asia/Kathmandu", "2026-06-01T00:00Z"],
    ] as const),
  ),
  fc.constant(["America/Lima", "2026-11-28T15:25Z"] as const),
);

describe("whatever the hours and the zone", () => {
  test("the answer and its next change are those of a look at every minute", () => {
    fc.assert(
      fc.property(
        hours,
        moment,
        fc.integer({ min: -1_500, max: 1_500 }),
        (openingHours, [timeZone, near], minutes) => {
          const schedule = scheduleOf(shop(openingHours));
          if (!schedule) throw new Error("no schedule");
          const from = Date.parse(near) + minutes * MINUTE_MS;
          const wall = wallClock(timeZone);
          const opening = openAt(schedule, from, timeZone);
          expect(opening.open).toBe(isOpen(schedule, wall(from)));
          const change = opening.open ? opening.until : opening.opensAt;
          const last = Math.min(change ?? Infinity, from + 2_000 * MINUTE_MS);
          for (let at = from; at < last; at += MINUTE_MS)
            if (isOpen(schedule, wall(at)) !== opening.open)
              expect.fail(`changes at ${new Date(at).toISOString()}`);
          if (change !== null) expect(isOpen(schedule, wall(change))).toBe(!opening.open);
        },
      ),
      { seed: SEED, numRuns: runs(60) },
    );
  });

  test("clocks that go back on the next day do not hide what begins before", () => {
    const schedule = scheduleOf(shop({ sunday: ["00:00-02:00"] }));
    if (!schedule) throw new Error("no schedule");
    const opening = openAt(schedule, Date.parse("2026-04-04T12:59Z"), "Australia/Lord_Howe");
    expect(opening).toEqual({ open: false, opensAt: Date.parse("2026-04-04T13:00Z") });
  });

  test("a wait ends when so many open minutes have passed", () => {
    fc.assert(
      fc.property(
        hours,
        moment,
        fc.integer({ min: 1, max: 90 }),
        (openingHours, [timeZone, near], minutes) => {
          const schedule = scheduleOf(shop(openingHours));
          if (!schedule) throw new Error("no schedule");
          const fromMs = Date.parse(near);
          const wall = wallClock(timeZone);
          const end = endOfWait(schedule, { fromMs, waitMs: minutes * MINUTE_MS, timeZone });
          if (schedule.week.every((day) => day.length === 0) || end > fromMs + 3_000 * MINUTE_MS) return;
          let open = 0;
          for (let at = fromMs; at < end; at += MINUTE_MS) if (isOpen(schedule, wall(at))) open += 1;
          expect(open).toBe(minutes);
        },
      ),
      { seed: SEED, numRuns: runs(40) },
    );
  });

  test("without hours, or when it never opens, the clock counts", () => {
    const wait = { fromMs: 1_000, waitMs: 5_000, timeZone: "UTC" };
    expect(endOfWait(null, wait)).toBe(6_000);
    expect(endOfWait(scheduleOf(shop({})), wait)).toBe(6_000);
  });
});

describe("a wait goes on", () => {
  const december = (days: readonly number[]): OpeningHours => ({
    ...EVERY,
    exceptions: Object.fromEntries(days.map((day) => [`2026-12-${String(day).padStart(2, "0")}`, []])),
  });
  /** Closed on each of so many days from 1 December on. */
  const closedFor = (days: number): OpeningHours => ({
    ...EVERY,
    exceptions: Object.fromEntries(
      Array.from({ length: days }, (_, day) => [
        new Date(Date.UTC(2026, 11, 1 + day)).toISOString().slice(0, 10),
        [],
      ]),
    ),
  });

  test.each<[string, OpeningHours, number, string]>([
    // Thursday; the holiday, then Saturday.
    ["2026-12-24 19:50", december([25]), 15, "2026-12-26 10:05"],
    // Two holidays and a Sunday.
    ["2026-12-24 19:50", december([25, 26]), 15, "2026-12-28 10:05"],
    // A short holiday takes a part of it.
    ["2026-12-24 19:50", { ...EVERY, exceptions: { "12-25": ["11:00-11:05"] } }, 25, "2026-12-26 10:10"],
    // Asked on the holiday itself.
    ["2026-12-25 12:00", december([25]), 15, "2026-12-26 10:15"],
    // Over the end of the year, on a date that comes every year.
    ["2026-12-31 19:59", { ...EVERY, exceptions: { "01-01": [] } }, 2, "2027-01-02 10:01"],
    // Closed for two months: it goes on when they are over.
    ["2026-11-30 19:55", closedFor(60), 15, "2027-01-30 10:10"],
    // Closed for longer than anybody plans: the clock counts.
    ["2026-12-01 12:00", closedFor(80), 15, "2026-12-01 12:15"],
  ])("from %s over %j for %i minutes until %s", (from, openingHours, minutes, until) => {
    const wait = { fromMs: lima(from), waitMs: minutes * MINUTE_MS, timeZone: "America/Lima" };
    expect(new Date(endOfWait(scheduleOf(shop(openingHours)), wait))).toEqual(new Date(lima(until)));
  });

  test.each<[what: string, from: string, until: string]>([
    // 02:00 becomes 03:00: until 04:00 it is open for an hour and a half from 01:30 on, the rest is Monday's.
    ["an hour that is left out", "2026-03-29T01:30+01:00", "2026-03-30T01:30+02:00"],
    // 03:00 becomes 02:00: three hours from 01:30 on end at 03:30.
    ["an hour that comes twice", "2026-10-25T01:30+02:00", "2026-10-25T03:30+01:00"],
  ])("over %s by the minutes that pass", (_, from, until) => {
    const schedule = scheduleOf(shop({ sunday: ["00:00-04:00"], monday: ["00:00-04:00"] }));
    const wait = { fromMs: Date.parse(from), waitMs: 180 * MINUTE_MS, timeZone: "Europe/Madrid" };
    expect(new Date(endOfWait(schedule, wait))).toEqual(new Date(until));
  });
});
