import { describe, expect, it } from "vitest";
import { event } from "../../../fakes/systems/calendar.ts";
import { type Case, EVERY_DAY, freeTimes } from "./support.ts";

const MADRID = "Europe/Madrid";
const LIMA = "America/Lima";
const SAO_PAULO = "America/Sao_Paulo";

/** Tuesday 2026-12-01, 9 to 13, by the hour. */
const morning = (components: string[], more: Partial<Case> = {}): Case => ({
  ...{ timeZone: LIMA, from: "2026-12-01", hours: EVERY_DAY("09:00-13:00"), slotMinutes: 60 },
  ...{ components, ...more },
});
/** What is left of 9, 10, 11 and 12 o'clock. */
const left = async (components: string[], more: Partial<Case> = {}) =>
  (await freeTimes(morning(components, more))).map((time) => Number(time.slice(3, 5)));

const at = (from: string, to: string) => [`DTSTART:${from}`, `DTEND:${to}`] as const;
const TEN = at("20261201T100000", "20261201T110000");

const EASTERN = `BEGIN:VTIMEZONE
TZID:Eastern Standard Time (own)
BEGIN:STANDARD
DTSTART:16010101T020000
TZOFFSETFROM:-0400
TZOFFSETTO:-0500
RRULE:FREQ=YEARLY;BYDAY=1SU;BYMONTH=11
END:STANDARD
BEGIN:DAYLIGHT
DTSTART:16010101T020000
TZOFFSETFROM:-0500
TZOFFSETTO:-0400
RRULE:FREQ=YEARLY;BYDAY=2SU;BYMONTH=3
END:DAYLIGHT
END:VTIMEZONE`;

describe("what is busy", () => {
  it.each<[string, string[], number[]]>([
    ["nothing", [], [9, 10, 11, 12]],
    ["a floating time, in the company's zone", [event(...TEN)], [9, 11, 12]],
    ["a time in UTC", [event(...at("20261201T150000Z", "20261201T160000Z"))], [9, 11, 12]],
    [
      "a time in a zone of the database",
      [event("DTSTART;TZID=Europe/Madrid:20261201T160000", "DTEND;TZID=Europe/Madrid:20261201T170000")],
      [9, 11, 12],
    ],
    [
      "a time in a zone that the feed defines, in winter",
      [
        EASTERN,
        event(
          'DTSTART;TZID="Eastern Standard Time (own)":20261201T100000',
          'DTEND;TZID="Eastern Standard Time (own)":20261201T110000',
        ),
      ],
      [9, 11, 12],
    ],
    ["an end by its duration", [event("DTSTART:20261201T100000", "DURATION:PT90M")], [9, 12]],
    ["a minute of a slot", [event(...at("20261201T095900", "20261201T100000"))], [10, 11, 12]],
    ["one that ends as a slot begins", [event(...at("20261201T080000", "20261201T090000"))], [9, 10, 11, 12]],
    ["no time at all", [event("DTSTART:20261201T100000")], [9, 10, 11, 12]],
    ["an end before its beginning", [event(...at("20261201T100000", "20261201T090000"))], [9, 10, 11, 12]],
    ["one that takes nobody's time", [event(...TEN, "TRANSP:TRANSPARENT")], [9, 10, 11, 12]],
    ["a cancelled one", [event(...TEN, "STATUS:CANCELLED")], [9, 10, 11, 12]],
    ["a tentative one", [event(...TEN, "STATUS:TENTATIVE")], [9, 11, 12]],
    ["a whole day", [event("DTSTART;VALUE=DATE:20261201")], []],
    [
      "a whole day that ends the next",
      [event("DTSTART;VALUE=DATE:20261130", "DTEND;VALUE=DATE:20261201")],
      [9, 10, 11, 12],
    ],
    ["two whole days", [event("DTSTART;VALUE=DATE:20261130", "DTEND;VALUE=DATE:20261202")], []],
    ["one over midnight", [event(...at("20261130T220000", "20261201T100000"))], [10, 11, 12]],
    ["a month without end", [event(...at("20261115T000000", "20261215T000000"))], []],
    [
      "busy periods",
      [
        "BEGIN:VFREEBUSY\nFREEBUSY:20261201T140000Z/20261201T150000Z,20261201T160000Z/PT1H\nFREEBUSY;FBTYPE=FREE:20261201T150000Z/PT1H\nEND:VFREEBUSY",
      ],
      [10, 12],
    ],
  ])("%s", async (_, components, free) => {
    expect(await left(components)).toEqual(free);
  });
});

describe("what recurs", () => {
  const daily = (...lines: string[]) => event(...at("20150105T100000", "20150105T110000"), ...lines);
  it.each<[string, string[], number[]]>([
    ["daily for years", [daily("RRULE:FREQ=DAILY")], [9, 11, 12]],
    ["weekly on a Monday", [daily("RRULE:FREQ=WEEKLY")], [9, 10, 11, 12]],
    ["weekly on Tuesdays too", [daily("RRULE:FREQ=WEEKLY;BYDAY=MO,TU")], [9, 11, 12]],
    // 2026-11-30 is 621 weeks after 2015-01-05.
    ["every other week, not this one", [daily("RRULE:FREQ=WEEKLY;INTERVAL=2;BYDAY=TU")], [9, 10, 11, 12]],
    ["every third week, this one", [daily("RRULE:FREQ=WEEKLY;INTERVAL=3;BYDAY=TU")], [9, 11, 12]],
    ["the first Tuesday of a month", [daily("RRULE:FREQ=MONTHLY;BYDAY=1TU")], [9, 11, 12]],
    ["the last Tuesday of a month", [daily("RRULE:FREQ=MONTHLY;BYDAY=-1TU")], [9, 10, 11, 12]],
    [
      "the first working day of a month",
      [daily("RRULE:FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=1")],
      [9, 11, 12],
    ],
    ["the first of December", [daily("RRULE:FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=1")], [9, 11, 12]],
    ["until the day before", [daily("RRULE:FREQ=DAILY;UNTIL=20261130T235959")], [9, 10, 11, 12]],
    ["until this very time", [daily("RRULE:FREQ=DAILY;UNTIL=20261201T150000Z")], [9, 11, 12]],
    ["until a second before", [daily("RRULE:FREQ=DAILY;UNTIL=20261201T145959Z")], [9, 10, 11, 12]],
    ["until this date", [daily("RRULE:FREQ=DAILY;UNTIL=20261201")], [9, 11, 12]],
    ["a number of times that is over", [daily("RRULE:FREQ=DAILY;COUNT=300")], [9, 10, 11, 12]],
    [
      "not on this date",
      [daily("RRULE:FREQ=DAILY", "EXDATE:20261130T100000,20261201T100000")],
      [9, 10, 11, 12],
    ],
    [
      "not at this time of another zone",
      [daily("RRULE:FREQ=DAILY", "EXDATE:20261201T150000Z")],
      [9, 10, 11, 12],
    ],
    ["one more date", [daily("RRULE:FREQ=WEEKLY", "RDATE:20261201T110000")], [9, 10, 12]],
    ["one more period", [daily("RDATE;VALUE=PERIOD:20261201T160000Z/PT5H")], [9, 10, 12]],
    ["whole days", [event("DTSTART;VALUE=DATE:20151201", "RRULE:FREQ=YEARLY")], []],
    [
      "one that is moved",
      [
        daily("UID:a", "RRULE:FREQ=DAILY"),
        event("UID:a", "RECURRENCE-ID:20261201T100000", ...at("20261201T120000", "20261201T130000")),
      ],
      [9, 10, 11],
    ],
    [
      "one that is moved, named in UTC",
      [
        event("UID:a", "RECURRENCE-ID:20261201T150000Z", ...at("20261202T120000", "20261202T130000")),
        daily("UID:a", "RRULE:FREQ=DAILY"),
      ],
      [9, 10, 11, 12],
    ],
    [
      "one that is cancelled",
      [
        daily("UID:a", "RRULE:FREQ=DAILY"),
        event("UID:a", "RECURRENCE-ID:20261201T100000", ...TEN, "STATUS:CANCELLED"),
      ],
      [9, 10, 11, 12],
    ],
    [
      "one that is left of a cancelled series",
      [
        daily("UID:a", "RRULE:FREQ=DAILY", "STATUS:CANCELLED"),
        event("UID:a", "RECURRENCE-ID:20261201T100000", ...TEN),
      ],
      [9, 11, 12],
    ],
    [
      "all from one on at another time, and longer",
      [
        daily("UID:a", "RRULE:FREQ=DAILY"),
        event(
          "UID:a",
          "RECURRENCE-ID;RANGE=THISANDFUTURE:20261120T100000",
          ...at("20261120T110000", "20261120T130000"),
        ),
      ],
      [9, 10],
    ],
  ])("%s", async (_, components, free) => {
    expect(await left(components)).toEqual(free);
  });
});

describe("zones and their clocks", () => {
  const night = { timeZone: MADRID, slotMinutes: 60, hours: EVERY_DAY("00:00-06:00") };

  it("skips the hour that there is not", async () => {
    expect(await freeTimes({ ...night, from: "2027-03-28", components: [] })).toEqual([
      ...["28 00:00+1", "28 01:00+1", "28 03:00+2", "28 04:00+2", "28 05:00+2"],
    ]);
  });

  it("offers the hour twice that there is twice, and knows which of them is taken", async () => {
    const free = [
      "25 00:00+2",
      "25 01:00+2",
      "25 02:00+2",
      "25 02:00+1",
      "25 03:00+1",
      "25 04:00+1",
      "25 05:00+1",
    ];
    expect(await freeTimes({ ...night, from: "2026-10-25", components: [] })).toEqual(free);
    const second = event(...at("20261025T010000Z", "20261025T020000Z"));
    const first = event("DTSTART;TZID=Europe/Madrid:20261025T020000", "DURATION:PT1H");
    const without = (time: string) => free.filter((one) => one !== time);
    expect(await freeTimes({ ...night, from: "2026-10-25", components: [second] })).toEqual(
      without("25 02:00+1"),
    );
    expect(await freeTimes({ ...night, from: "2026-10-25", components: [first] })).toEqual(
      without("25 02:00+2"),
    );
  });

  it("offers no slot in the midst of which it is closed", async () => {
    const twice = { ...night, hours: EVERY_DAY("00:30-02:30"), slotMinutes: 90 };
    expect(await freeTimes({ ...twice, from: "2026-10-25", components: [] })).toEqual(["25 00:30+2"]);
  });

  it("keeps the local time of a series when the clocks change", async () => {
    const series = event("DTSTART;TZID=Europe/Madrid:20260105T100000", "DURATION:PT1H", "RRULE:FREQ=DAILY");
    const day = { timeZone: MADRID, slotMinutes: 60, hours: EVERY_DAY("09:00-12:00"), components: [series] };
    expect(await freeTimes({ ...day, from: "2026-10-24" })).toEqual(["24 09:00+2", "24 11:00+2"]);
    expect(await freeTimes({ ...day, from: "2026-10-25" })).toEqual(["25 09:00+1", "25 11:00+1"]);
  });

  it("moves a series of another zone by an hour when that zone's clocks change", async () => {
    const series = event("DTSTART;TZID=Europe/Madrid:20260105T160000", "DURATION:PT1H", "RRULE:FREQ=DAILY");
    const day = {
      timeZone: SAO_PAULO,
      slotMinutes: 60,
      hours: EVERY_DAY("10:00-14:00"),
      components: [series],
    };
    expect(await freeTimes({ ...day, from: "2026-10-24" })).toEqual([
      "24 10:00-3",
      "24 12:00-3",
      "24 13:00-3",
    ]);
    expect(await freeTimes({ ...day, from: "2026-10-25" })).toEqual([
      "25 10:00-3",
      "25 11:00-3",
      "25 13:00-3",
    ]);
  });

  it("follows a zone that the feed defines through summer and winter", async () => {
    const tz = 'TZID="Eastern Standard Time (own)"';
    const series = event(`DTSTART;${tz}:20260105T100000`, "DURATION:PT1H", "RRULE:FREQ=DAILY");
    const day = {
      timeZone: "UTC",
      slotMinutes: 60,
      hours: EVERY_DAY("13:00-16:00"),
      components: [EASTERN, series],
    };
    expect(await freeTimes({ ...day, from: "2026-07-01" })).toEqual(["01 13:00+0", "01 15:00+0"]);
    expect(await freeTimes({ ...day, from: "2026-12-01" })).toEqual(["01 13:00+0", "01 14:00+0"]);
  });

  it("knows a year with summer time in São Paulo, and one without", async () => {
    const series = event("DTSTART:20180101T130000Z", "DURATION:PT1H", "RRULE:FREQ=DAILY");
    const day = {
      timeZone: SAO_PAULO,
      slotMinutes: 60,
      hours: EVERY_DAY("10:00-12:00"),
      components: [series],
    };
    expect(await freeTimes({ ...day, from: "2018-12-01" })).toEqual(["01 10:00-2"]);
    expect(await freeTimes({ ...day, from: "2026-12-01" })).toEqual(["01 11:00-3"]);
  });
});

describe("slots", () => {
  it("stay within their range, and begin with it", async () => {
    const hours = EVERY_DAY("09:10-10:30", "15:00-16:00");
    const free = await freeTimes(morning([], { hours, slotMinutes: 30 }));
    expect(free.map((time) => time.slice(3, 8))).toEqual(["09:10", "09:40", "15:00", "15:30"]);
  });

  it("go on after midnight", async () => {
    const hours = EVERY_DAY("22:00-02:00");
    const busy = event(...at("20261201T233000", "20261202T003000"));
    const free = await freeTimes(morning([busy], { hours, slotMinutes: 60, days: 2 }));
    expect(free.map((time) => time.slice(0, 8))).toEqual([
      ...["01 00:00", "01 01:00", "01 22:00", "02 01:00", "02 22:00", "02 23:00"],
    ]);
  });

  it("are free until all places are taken; a whole day takes all", async () => {
    const half = event(...at("20261201T093000", "20261201T103000"));
    const two = [event(...TEN), half];
    expect(await left(two, { capacity: 3 })).toEqual([9, 10, 11, 12]);
    expect(await left(two, { capacity: 2 })).toEqual([9, 11, 12]);
    expect(await left([event("DTSTART;VALUE=DATE:20261201")], { capacity: 3 })).toEqual([]);
    const apart = [
      event(...at("20261201T100000", "20261201T103000")),
      event(...at("20261201T103000", "20261201T110000")),
    ];
    expect(await left(apart, { capacity: 2 })).toEqual([9, 10, 11, 12]);
  });
});
