import { expect, onTestFinished, test } from "vitest";
import { type CalendarMisbehaviour, event, startCalendar } from "../../../fakes/systems/calendar.ts";
import { checkTool } from "../../../lib/tools/check/tool.ts";
import { MAX_RESULT_TOKENS } from "../../../lib/turn/state/bounds.ts";
import { tokensAtMost } from "../../../lib/turn/state/tokens.ts";
import type { CompanyProfile } from "../../../lib/types/company.ts";
import type { Json } from "../../../lib/types/json.ts";
import type { DeclaredTool, IcalVia } from "../../../lib/types/tools/declared.ts";
import { ANA, json, never, runnerFor, startSystem } from "../http/system.ts";
import { EVERY_DAY } from "./support.ts";

const PROFILE = {
  hours: "",
  openingHours: { ...EVERY_DAY("09:00-13:00"), exceptions: { "12-08": [], "2026-12-09": ["11:00-18:00"] } },
  timeZone: "America/Lima",
} satisfies Pick<CompanyProfile, "hours" | "openingHours" | "timeZone">;

const toolOf = (via: Partial<IcalVia> = {}, more: Partial<DeclaredTool> = {}): DeclaredTool =>
  checkTool({
    ...{ name: "free_slots", description: "Free slots", input: { type: "object" } },
    via: { kind: "ical", url: `\${env:TOOL_CALENDAR_URL}`, slotMinutes: 60, ...via },
    ...{ timeoutMs: 400, ...more },
  }).tool;

/** The stand-in and a runner for it; it is Sunday evening in Lima. */
async function calendar(profile: typeof PROFILE | undefined = PROFILE) {
  const elsewhere = await startSystem(json({}));
  const system = await startCalendar({ elsewhere: elsewhere.url });
  onTestFinished(system.close);
  const made = runnerFor({ allowed: [system.host], variables: { TOOL_CALENDAR_URL: system.url } });
  const behalf = { ...ANA, tenant: { ...ANA.tenant, ...(profile && { profile }) } };
  const run = (input: Json, via: Partial<IcalVia> = {}) => made.runner.run(toolOf(via), input, behalf, never);
  const days = async (input: Json, via: Partial<IcalVia> = {}) => {
    const outcome = await run(input, via);
    if (!outcome.ok) throw new Error(outcome.code);
    return (outcome.answer as unknown as { days: { date: string; free: number; slots: string[] }[] }).days;
  };
  return { system, elsewhere, run, days, ...made };
}

test("answers with free slots by day, in local time with its offset, and with nothing else of the calendar", async () => {
  const { system, run } = await calendar();
  system.hold(event("DTSTART:20261201T150000Z", "DTEND:20261201T160000Z"));
  const outcome = await run({ from: "2026-12-01", days: 1 });
  expect(outcome).toEqual({
    ok: true,
    answer: {
      ...{
        time_zone: "America/Lima",
        now: "Sunday 2026-11-29 19:00",
        slot_minutes: 60,
        last_day: "2026-12-29",
      },
      days: [
        {
          ...{ date: "2026-12-01", weekday: "Tuesday", free: 3 },
          slots: ["2026-12-01T09:00-05:00", "2026-12-01T11:00-05:00", "2026-12-01T12:00-05:00"],
        },
      ],
    },
  });
});

test("tells the calendar's server nothing about the customer", async () => {
  const { system, run } = await calendar();
  await run({});
  const [request] = system.requests;
  expect(JSON.stringify(request)).not.toMatch(/chasqui|idempotency|5215577788899|PE\.1/);
});

test("asks for seven days from today on, and for no day that is over or too far ahead", async () => {
  const { days } = await calendar();
  const dates = async (input: Json, via = {}) => (await days(input, via)).map(({ date }) => date.slice(5));
  expect(await dates({})).toEqual(["11-29", "11-30", "12-01", "12-02", "12-03", "12-04", "12-05"]);
  expect(await dates({ from: "2026-11-20", days: 10 })).toEqual(["11-29"]);
  expect(await dates({ from: "2026-11-20" })).toEqual([]);
  expect(await dates({ from: "2026-12-03", days: 14 }, { daysAhead: 5 })).toEqual(["12-03", "12-04"]);
  expect(await dates({ from: "2027-12-03" })).toEqual([]);
});

test("keeps to the company's holidays, with hours of its own too", async () => {
  const { days } = await calendar();
  const free = async (via: Partial<IcalVia> = {}) =>
    (await days({ from: "2026-12-07", days: 3 }, via)).map(({ free }) => free);
  expect(await free()).toEqual([4, 0, 7]);
  expect(await free({ hours: EVERY_DAY("10:00-13:00") })).toEqual([3, 0, 2]);
  const exceptions = { "12-07": ["10:00-11:00"], "12-08": ["10:00-11:00"] };
  expect(await free({ hours: { ...EVERY_DAY("10:00-13:00"), exceptions } })).toEqual([1, 0, 2]);
});

test("leaves out what is too soon, and other parts of the day", async () => {
  const { days, time } = await calendar();
  time.nowMs = Date.UTC(2026, 11, 1, 14, 30);
  const hours = EVERY_DAY("09:00-20:00");
  const slots = async (input: object, via: Partial<IcalVia> = {}) =>
    (await days({ from: "2026-12-01", days: 1, ...input }, { hours, ...via }))[0]?.slots.map((one) =>
      one.slice(11, 13),
    );
  expect(await slots({ part_of_day: "morning" })).toEqual(["10", "11"]);
  expect(await slots({ part_of_day: "morning" }, { noticeMinutes: 45 })).toEqual(["11"]);
  expect(await slots({ part_of_day: "afternoon" })).toEqual(["12", "13", "14", "15", "16", "17"]);
  expect(await slots({ part_of_day: "evening" })).toEqual(["18", "19"]);
});

test.each([
  [1, 24],
  [4, 16],
  [7, 9],
  [14, 4],
])(
  "of %i days it lists %i slots each, counts the others, and stays within the tokens of results",
  async (count, listed) => {
    const { run } = await calendar();
    const input = { from: "2026-11-30", days: count };
    const outcome = await run(input, { slotMinutes: 5, hours: EVERY_DAY("00:00-24:00") });
    const { days } = (outcome.ok && outcome.answer) as unknown as { days: { slots: string[] }[] };
    expect(days).toHaveLength(count);
    expect(days[0]).toMatchObject({ free: 288, not_listed: 288 - listed });
    expect(days.every(({ slots }) => slots.length <= listed)).toBe(true);
    expect(tokensAtMost(JSON.stringify(outcome))).toBeLessThan(MAX_RESULT_TOKENS / 1.5);
  },
);

test.each([
  { from: "tomorrow" },
  { from: "2026-02-30" },
  { days: 15 },
  { days: 0 },
  { part_of_day: "night" },
  [],
])("does not ask the calendar for %j", async (input) => {
  const { system, run } = await calendar();
  expect(await run(input as Json)).toEqual({ ok: false, code: "invalid_input", mayHaveHappened: false });
  expect(system.requests).toEqual([]);
});

test.each<[CalendarMisbehaviour, string, number]>([
  ["slow", "timeout", 1],
  ["redirect", "redirect", 1],
  ["gone", "http_404", 1],
  ["busy", "http_503", 2],
  ["breaks off", "connection", 2],
  ["cut short", "invalid_answer", 1],
  ["endless", "too_large", 1],
  ["a page", "invalid_answer", 1],
])("a calendar that is %s: %s", async (how, code, requests) => {
  const { system, elsewhere, run } = await calendar();
  system.misbehave(how);
  expect(await run({})).toEqual({ ok: false, code, mayHaveHappened: false });
  expect(system.requests).toHaveLength(requests);
  expect(elsewhere.received).toEqual([]);
});

test("a calendar that stays away is left alone for a while", async () => {
  const { system, run, time } = await calendar();
  system.misbehave("busy");
  for (let n = 0; n < 5; n++) await run({});
  system.misbehave(null);
  expect(await run({})).toMatchObject({ code: "circuit_open" });
  time.nowMs += 15_000;
  expect(await run({})).toMatchObject({ ok: true });
});

test("is not read where the address cannot be used, or the hours are not known", async () => {
  const { run, system, warned } = await calendar();
  expect(await run({}, { url: `\${env:TOOL_OTHER_URL}` })).toMatchObject({ code: "missing_variable" });
  expect(warned).toMatchObject([{ variable: "TOOL_OTHER_URL" }]);
  expect(await run({}, { url: "https://10.0.0.1/basic.ics" })).toMatchObject({ code: "refused_address" });
  expect(await run({}, { url: `https://user:pass@example.com/\${env:TOOL_CALENDAR_URL}` })).toMatchObject({
    code: "refused_address",
  });
  const { run: without } = await calendar({ ...PROFILE, timeZone: "Nowhere/At_All" });
  expect(await without({})).toMatchObject({ code: "unknown_hours" });
  expect(system.requests).toEqual([]);
});
