import { cp, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, onTestFinished, test } from "vitest";
import { loadCompany } from "../../../db/company.ts";
import { event, startCalendar } from "../../../fakes/systems/calendar.ts";
import { PROJECT_DIRECTORY } from "../../../host/bot.ts";
import { readCompanyFolder } from "../../../host/company/folder.ts";
import { startWorld, WORLD } from "../../support/world.ts";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "chasqui-calendar-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const TOOL = {
  description: "Lists the free times of some days.",
  via: { kind: "ical", url: `\${env:TOOL_CALENDAR_URL}`, slotMinutes: 60, noticeMinutes: 120 },
};

/** The clinic, whose appointments stand in a calendar instead of a system. */
async function clinic(name: string, { tool = TOOL as object, profile = {} } = {}) {
  const own = join(folder, name);
  await cp(join(PROJECT_DIRECTORY, "companies/clinic"), own, { recursive: true });
  await writeFile(join(own, "tools/free_slots.json"), JSON.stringify(tool, null, 2));
  const path = join(own, "profile.json");
  const { default: before } = await import(path, { with: { type: "json" } });
  await writeFile(path, JSON.stringify({ ...before, ...profile }));
  return readCompanyFolder(own);
}

test("a customer hears the free times of the calendar, and nothing of what is in it", async () => {
  const calendar = await startCalendar();
  onTestFinished(calendar.close);
  const env = { TOOL_CALENDAR_URL: calendar.url, ALLOW_TOOL_HOSTS: calendar.host, INTENT_FAST_PATH: "on" };
  const patient = { INTENT_TIMEOUT_MS: "30000", REPLY_TIMEOUT_MS: "60000" };
  const world = await startWorld({
    env: { ...env, ...patient, COMPANY_API_URL: undefined },
    withoutCompany: true,
  });
  onTestFinished(world.close);
  await loadCompany({ sql: world.sql }, WORLD.phoneNumberId, await clinic("good"));
  const today = new Date();
  const toWednesday = ((10 - today.getUTCDay()) % 7) + 7;
  const day = new Date(today.getTime() + toWednesday * 86_400_000).toISOString().slice(0, 10);
  const stamp = `${day.replaceAll("-", "")}T`;
  calendar.hold(
    event(`DTSTART;TZID=America/Bogota:${stamp}080000`, `DTEND;TZID=America/Bogota:${stamp}170000`),
    event(`DTSTART;TZID=America/Lima:${stamp}170000`, "DURATION:PT1H", "TRANSP:TRANSPARENT"),
  );
  const customer = world.customer("573001234567");
  await customer.send(`¿tienen hora libre el ${day}?`);
  await world.drain();
  const heard = JSON.stringify(customer.replies().map(({ body }) => body));
  expect(heard).toContain(`${day}T17:00-05:00`);
  expect(heard).not.toContain(`${day}T16:00`);
  expect(heard).not.toContain("Quispe");
  expect(JSON.stringify(world.model.requests)).not.toContain("Quispe");
  expect(world.errors).toEqual([]);
});

test.each<[string, object, RegExp]>([
  ["plain http", { url: "http://example.com/a.ics" }, /:\d+ "via.url" is not an https address/],
  ["another variable", { url: `\${env:POSTGRES_URL}` }, /"via.url" is not an https address/],
  [
    "another variable behind the host",
    { url: `https://example.com/\${env:OPENAI_API_KEY}.ics` },
    /"via.url" names something else than \$\{env:TOOL_…\}/,
  ],
  [
    "a variable in the host",
    { url: `https://\${env:TOOL_X}.example.com/a.ics` },
    /"via.url" must begin with https/,
  ],
  [
    "a secret in the file",
    { url: "https://calendar.google.com/calendar/ical/a/private-0123456789abcdef/basic.ics" },
    /"via.url" has a secret in a file: write \$\{env:TOOL_…\} or \$\{secret:…\}/,
  ],
  [
    "no length of slots",
    { slotMinutes: undefined },
    /"via.slotMinutes" is not a whole number of minutes from 5 to 480/,
  ],
  [
    "slots of a minute",
    { slotMinutes: 1 },
    /"via.slotMinutes" is not a whole number of minutes from 5 to 480/,
  ],
  [
    "hours that are none",
    { hours: { monday: ["9-5"] } },
    /"via.hours.monday.0" is not a range: write 10:00-20:00/,
  ],
  ["no place at all", { capacity: 0 }, /"via.capacity" .*1/],
  ["a header", { headers: { a: "b" } }, /"via" Unrecognized key: "headers"/],
])("refuses %s, with file, field and fix", async (name, via, message) => {
  const read = clinic(name.replaceAll(" ", "-"), { tool: { ...TOOL, via: { ...TOOL.via, ...via } } });
  await expect(read).rejects.toThrow(message);
  await expect(read).rejects.toThrow(/tools\/free_slots\.json:\d+/);
});

test.each<[string, object, RegExp]>([
  [
    "an effect",
    { effect: { ask: { en: "?" }, done: { en: "!" } } },
    /"effect" is not possible: a calendar is only read/,
  ],
  ["an answer", { answer: { pick: { a: "/a" } } }, /"answer" is Chasqui's own for a calendar: take it out/],
  [
    "an input",
    { input: { type: "object", properties: { day: { type: "string" } } } },
    /"input" is Chasqui's own for a calendar \(from, days, part_of_day\): take it out/,
  ],
])("refuses %s of its own", async (name, more, message) => {
  await expect(clinic(name.replaceAll(" ", "-"), { tool: { ...TOOL, ...more } })).rejects.toThrow(message);
});

test("needs opening hours that can be computed, the company's or its own", async () => {
  const profile = { openingHours: undefined, hours: "cuando se pueda" };
  await expect(clinic("no-hours", { profile })).rejects.toThrow(
    /free_slots.* "via.hours" is missing, and the company's hours cannot be computed: write "openingHours"/,
  );
  const hours = { monday: ["09:00-12:00"] };
  const own = await clinic("own-hours", { profile, tool: { ...TOOL, via: { ...TOOL.via, hours } } });
  expect(own.tools.find(({ name }) => name === "free_slots")?.via).toMatchObject({ kind: "ical", hours });
});
