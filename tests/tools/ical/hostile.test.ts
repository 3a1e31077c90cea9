import { describe, expect, it } from "vitest";
import { calendarOf, event } from "../../../fakes/systems/calendar.ts";
import { readFeed } from "../../../lib/tools/ical/call.ts";
import { zoneNamed } from "./support.ts";

const HOME = zoneNamed("America/Lima");
const DAY = 86_400_000;
const FROM = Date.UTC(2026, 11, 1, 5);
/** Longest that reading any feed may take where other tests keep the machine busy; alone it takes less than a second. */
const LONG_MS = 20_000;

async function outcome(text: string): Promise<string> {
  const startedMs = performance.now();
  const read = readFeed(text, HOME, { fromMs: FROM, toMs: FROM + 16 * DAY });
  const said = await read.then(
    (busy) => `${busy.length} busy`,
    (error) => error.code ?? String(error),
  );
  expect(performance.now() - startedMs).toBeLessThan(LONG_MS);
  return said;
}

const of = (...lines: string[]) => calendarOf([event("DTSTART:20200101T100000", "DURATION:PT1H", ...lines)]);
const many = (count: number, component: string) => calendarOf(Array(count).fill(component));

describe("rules that ask for too much work", () => {
  it.each([
    ["every second for ever", of("RRULE:FREQ=SECONDLY"), "too_large"],
    ["every minute for ever", of("RRULE:FREQ=MINUTELY"), "too_large"],
    [
      "every second of one month in a million",
      of("RRULE:FREQ=SECONDLY;BYMONTH=2;BYMONTHDAY=30"),
      "too_large",
    ],
    ["a day that never comes", of("RRULE:FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30"), "0 busy"],
    ["a day that never comes, by the year", of("RRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30"), "0 busy"],
    ["a weekday that never comes", of("RRULE:FREQ=MONTHLY;INTERVAL=12;BYDAY=5SA;BYMONTHDAY=1"), "0 busy"],
    [
      "a fifth Monday of Februaries without one",
      calendarOf([
        event("DTSTART:20250203T100000", "DURATION:PT1H", "RRULE:FREQ=MONTHLY;INTERVAL=48;BYDAY=5MO"),
      ]),
      "0 busy",
    ],
    ["huge steps", of("RRULE:FREQ=DAILY;INTERVAL=999999999"), "invalid_answer"],
    ["no steps", of("RRULE:FREQ=DAILY;INTERVAL=0"), "1"],
    ["every hour, a huge number of times", of("RRULE:FREQ=HOURLY;COUNT=999999999"), "too_large"],
    [
      "a long list",
      of(`RRULE:FREQ=YEARLY;BYYEARDAY=${Array.from({ length: 366 }, (_, day) => day + 1).join(",")}`),
      "invalid_answer",
    ],
    ["no frequency", of("RRULE:COUNT=2"), "invalid_answer"],
    ["nonsense", of("RRULE:FREQ=DAILY;BYDAY=XX"), "invalid_answer"],
    [
      "a thousand of every second",
      many(1_000, event("DTSTART:20261201T100000", "DURATION:PT1S", "RRULE:FREQ=SECONDLY")),
      "too_large",
    ],
    [
      "years that are searched one by one",
      many(3_000, event("DTSTART:10000101T100000", "DURATION:PT1S", "RRULE:FREQ=YEARLY;COUNT=9999")),
      "too_large",
    ],
    [
      "a zone that changes every second",
      calendarOf([
        "BEGIN:VTIMEZONE\nTZID:Mine\nBEGIN:STANDARD\nDTSTART:20260101T000000\nTZOFFSETFROM:+0000\nTZOFFSETTO:+0100\nRRULE:FREQ=SECONDLY\nEND:STANDARD\nEND:VTIMEZONE",
        event("DTSTART;TZID=Mine:20261201T100000", "DURATION:PT1H"),
      ]),
      "too_large",
    ],
  ])("%s", async (_, text, expected) => {
    expect(await outcome(text)).toContain(expected);
  });
});

describe("feeds that hold too much, or what cannot be read", () => {
  const unknown = event("DTSTART;TZID=Nowhere:20261201T100000", "DURATION:PT1H");
  it.each([
    [
      "as many events as fit",
      `BEGIN:VCALENDAR\n${"BEGIN:VEVENT\nEND:VEVENT\n".repeat(80_000)}END:VCALENDAR`,
      "too_large",
    ],
    [
      "very many busy ones",
      many(19_999, "BEGIN:VEVENT\nDTSTART:20261201\nRRULE:FREQ=DAILY\nEND:VEVENT"),
      "too_large",
    ],
    ["many old ones", many(15_000, "BEGIN:VEVENT\nDTSTART:20161201\nEND:VEVENT"), "0 busy"],
    ["many lines", `BEGIN:VCALENDAR\n${"\n".repeat(2_000_000)}END:VCALENDAR`, "0 busy"],
    ["one line of two megabytes", of(`DESCRIPTION:${"x".repeat(2_000_000)}`), "0 busy"],
    [
      "a folded line of two megabytes",
      `BEGIN:VCALENDAR\nX-A:b\n${" \n".repeat(1_000_000)}END:VCALENDAR`,
      "0 busy",
    ],
    ["a long list of dates", of(`EXDATE:${Array(5_000).fill("20200101T100000").join(",")}`), "too_large"],
    ["deep components", `${"BEGIN:VEVENT\n".repeat(50_000)}`, "invalid_answer"],
    [
      "more zones than there are",
      calendarOf(
        [..."abcdefghij"].flatMap((a) =>
          [..."ABCDEFGHIJ"].map((b) => {
            const zone = `BEGIN:VTIMEZONE\nTZID:${a}${b}/x\nBEGIN:STANDARD\nDTSTART:20200101T000000\nTZOFFSETFROM:+0000\nTZOFFSETTO:+0000\nEND:STANDARD\nEND:VTIMEZONE`;
            return `${zone}\n${event(`DTSTART;TZID=${a}${b}/x:20261202T100000`, "DURATION:PT1H")}`;
          }),
        ),
      ),
      "too_large",
    ],
    ["no calendar", "<html></html>", "invalid_answer"],
    ["nothing", "", "invalid_answer"],
    ["one that breaks off", calendarOf([]).replace("END:VCALENDAR", ""), "invalid_answer"],
    ["one that ends what did not begin", "BEGIN:VCALENDAR\nEND:VEVENT\nEND:VCALENDAR", "invalid_answer"],
    ["an event without a beginning", calendarOf(["BEGIN:VEVENT\nUID:1\nEND:VEVENT"]), "invalid_answer"],
    ["a date that there is not", calendarOf([event("DTSTART:20261331T100000")]), "invalid_answer"],
    ["a time that there is not", calendarOf([event("DTSTART:20261201T990000")]), "invalid_answer"],
    ["a zone that nothing defines", calendarOf([unknown]), "invalid_answer"],
    ["the same, years ago", calendarOf([unknown.replace("2026", "2016")]), "0 busy"],
    [
      "a length without end",
      calendarOf([event("DTSTART:20200101T100000", "DURATION:P99999999999999W")]),
      "1 busy",
    ],
    ["names of objects", of("RRULE;__PROTO__=a:FREQ=DAILY;CONSTRUCTOR=1", "UID:__proto__"), "16 busy"],
  ])("%s", async (_, text, expected) => {
    expect(await outcome(text)).toContain(expected);
  });

  it("knows no title, description or name", async () => {
    const { componentsIn } = await import("../../../lib/tools/ical/calendar/components.ts");
    const read = componentsIn(of("DESCRIPTION:Ana Quispe", "ATTENDEE;CN=Ana Quispe:mailto:ana@example.com"));
    const [calendar] = read;
    expect([...(calendar?.parts[0]?.lines.keys() ?? [])]).toEqual(["UID", "DTSTART", "DURATION"]);
    expect(JSON.stringify([...(calendar?.parts[0]?.lines.values() ?? [])])).not.toContain("Ana");
  });
});
