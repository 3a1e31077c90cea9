import { describe, expect, it, test } from "vitest";
import { outsideQuiet, quietHoursOf } from "../../lib/hours/quiet.ts";
import { wallClock } from "../../lib/hours/wall-clock.ts";
import { SEED } from "../support/seed.ts";

const NIGHT = quietHoursOf("21:00-08:00");
const at = (text: string) => Date.parse(text);
const iso = (ms: number) => new Date(ms).toISOString();

describe("in Lima, five hours behind UTC", () => {
  const sent = (due: string, now: string, starts: string) =>
    iso(
      outsideQuiet(at(due), {
        quiet: NIGHT,
        timeZone: "America/Lima",
        nowMs: at(now),
        startsAtMs: at(starts),
      }),
    );
  const TODAY = "2026-12-01T15:00Z";
  const TONIGHT = "2026-12-02T03:00Z";
  it.each([
    ["by day, when it is due", ["2026-12-02T15:00Z", TODAY, "2026-12-03T15:00Z"], "2026-12-02T15:00Z"],
    ["at 08:00, when it is due", ["2026-12-02T13:00Z", TODAY, "2026-12-03T15:00Z"], "2026-12-02T13:00Z"],
    ["at 03:00, the evening before", ["2026-12-02T08:00Z", TODAY, "2026-12-02T10:00Z"], "2026-12-02T01:45Z"],
    ["at 21:00, a little earlier", ["2026-12-02T02:00Z", TODAY, "2026-12-02T10:00Z"], "2026-12-02T01:45Z"],
    [
      "booked at night: in the morning",
      ["2026-12-02T08:00Z", TONIGHT, "2026-12-02T14:00Z"],
      "2026-12-02T13:00Z",
    ],
    [
      "of an appointment at its end: when due",
      ["2026-12-02T08:00Z", TONIGHT, "2026-12-02T13:00Z"],
      "2026-12-02T08:00Z",
    ],
    [
      "whose time has passed: not moved",
      ["2026-12-02T02:30Z", TONIGHT, "2026-12-02T14:00Z"],
      "2026-12-02T02:30Z",
    ],
  ] as const)("one %s", (_what, [due, now, starts], expected) => {
    expect(sent(due, now, starts)).toBe(iso(at(expected)));
  });
});

it("finds the few minutes that clocks which are put back leave between quiet ones", () => {
  // In Troll it is 02:59 at 00:59 UTC, and 01:00 a minute later.
  const sent = outsideQuiet(at("2026-10-25T03:36Z"), {
    quiet: quietHoursOf("01:10-15:03"),
    timeZone: "Antarctica/Troll",
    nowMs: at("2026-10-24T16:34Z"),
    startsAtMs: at("2026-10-25T14:35Z"),
  });
  expect(iso(sent)).toBe(iso(at("2026-10-25T01:09Z")));
});

test.each(["none", "21:00-08:00", "13:30-15:00", "00:00-20:00"])("%s are quiet hours", (text) => {
  expect(() => quietHoursOf(text)).not.toThrow();
});
test.each([
  "",
  "21-8",
  "21:00",
  "21:00-21:00",
  "08:00-07:00",
  "24:00-08:00",
  "21:60-08:00",
  "2 :00-08:00",
  "-1:00-08:00",
  "21:00-08:00-09:00",
  "1e:00-08:00",
])("%j are none", (text) => {
  expect(() => quietHoursOf(text)).toThrow(RangeError);
});

const ZONES = [
  "America/Lima",
  "America/Santiago",
  "Europe/Madrid",
  "Australia/Lord_Howe",
  "Asia/Kathmandu",
  "Antarctica/Troll",
  "Pacific/Chatham",
  "America/New_York",
  "Africa/Casablanca",
  "UTC",
];
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** Numbers that look random, the same for a seed. */
function numbers(seed: number): (below: number) => number {
  let state = seed % 2_147_483_647 || 1;
  return (below) => {
    state = (state * 48_271) % 2_147_483_647;
    return state % below;
  };
}

const timeOf = (minute: number) =>
  [Math.floor(minute / 60), minute % 60].map((part) => String(part).padStart(2, "0")).join(":");

test("whatever the zone, its changes of clocks and the hours: never quiet where it can be helped, never too late", () => {
  console.log(`quiet hours: seed ${SEED}`);
  const below = numbers(SEED + 1);
  // Every hour around the changes of a year and at random times between.
  for (let round = 0; round < 3_000; round++) {
    const timeZone = ZONES[below(ZONES.length)] ?? "UTC";
    const from = below(1_440);
    const text =
      round % 3 === 0 ? "21:00-08:00" : `${timeOf(from)}-${timeOf((from + 1 + below(1_200)) % 1_440)}`;
    const dueMs = at("2026-01-01T00:00Z") + below(3 * 365 * 24) * HOUR + below(60) * MINUTE;
    const nowMs = dueMs - below(40 * 60) * MINUTE;
    const startsAtMs = dueMs + 15 * MINUTE + below(48 * 60) * MINUTE;
    const quiet = quietHoursOf(text);
    if (!quiet) throw new Error("quiet hours");
    const wall = wallClock(timeZone);
    const isQuiet = (ms: number) => {
      const minute = Math.floor(wall(ms) / MINUTE) % 1_440;
      return (minute - quiet.from + 1_440) % 1_440 < (quiet.to - quiet.from + 1_440) % 1_440;
    };
    const sent = outsideQuiet(dueMs, { quiet, timeZone, nowMs, startsAtMs });
    const said = JSON.stringify({
      timeZone,
      text,
      due: iso(dueMs),
      now: iso(nowMs),
      starts: iso(startsAtMs),
      sent: iso(sent),
    });
    expect(sent, said).toBeLessThan(startsAtMs);
    if (!isQuiet(dueMs) || dueMs <= nowMs) expect(sent, said).toBe(dueMs);
    else if (sent === dueMs) {
      // Nothing else was left: all is quiet from now, or from a little before, until it begins.
      for (
        let ms = Math.max(nowMs + 15 * MINUTE, dueMs - 20 * HOUR);
        ms < startsAtMs && ms < dueMs + 20 * HOUR;
        ms += MINUTE
      )
        if (ms <= dueMs && !isQuiet(ms)) expect(ms, said).toBeLessThan(dueMs - MINUTE);
        else if (ms > dueMs) expect(isQuiet(ms), said).toBe(true);
    } else {
      expect(isQuiet(sent), said).toBe(false);
      expect(sent, said).toBeGreaterThan(nowMs);
      // Between the two all is quiet, but for the quarter of an hour of lead.
      const [first, last] = sent < dueMs ? [sent + 15 * MINUTE, dueMs] : [dueMs, sent];
      for (let ms = first; ms < last; ms += MINUTE) expect(isQuiet(ms), said).toBe(true);
    }
  }
});
