import { expect, test } from "vitest";
import { instantOf } from "../../lib/hours/instant.ts";

test.each([
  ["2026-12-01T10:00", "America/Lima", "2026-12-01T15:00:00.000Z"],
  ["2026-12-01 10:00:30", "Asia/Kathmandu", "2026-12-01T04:15:30.000Z"],
  ["2026-12-01T10:00:00.5Z", "America/Lima", "2026-12-01T10:00:00.000Z"],
  ["2026-12-01T10:00-0300", "UTC", "2026-12-01T13:00:00.000Z"],
  ["2026-12-01T10:00+05:45", "UTC", "2026-12-01T04:15:00.000Z"],
  // Summer and winter, the hour that comes twice and the one that does not come.
  ["2026-07-01T10:00", "Europe/Madrid", "2026-07-01T08:00:00.000Z"],
  ["2026-12-01T10:00", "Europe/Madrid", "2026-12-01T09:00:00.000Z"],
  ["2026-10-25T02:30", "Europe/Madrid", "2026-10-25T00:30:00.000Z"],
  ["2026-03-29T02:30", "Europe/Madrid", "2026-03-29T01:30:00.000Z"],
  ["2026-10-25T12:00", "Europe/Madrid", "2026-10-25T11:00:00.000Z"],
  ["2026-03-29T12:00", "Europe/Madrid", "2026-03-29T10:00:00.000Z"],
])("%s in %s is %s", (text, timeZone, instant) => {
  expect(new Date(instantOf(text, timeZone) ?? Number.NaN).toISOString()).toBe(instant);
});

test.each([
  "",
  "tomorrow",
  "2026-12-01",
  "2026-02-30T10:00",
  "2026-12-01T25:00",
  "2026-12-01T10:00+99:99",
  "1/2/2026 10:00",
])("%j is no instant", (text) => expect(instantOf(text, "UTC")).toBeNull());
