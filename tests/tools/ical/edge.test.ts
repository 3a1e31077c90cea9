import { fileURLToPath } from "node:url";
import { expect, onTestFinished, test } from "vitest";
import { serveEdge } from "../../../fakes/edge/serve.ts";
import { calendarOf, event } from "../../../fakes/systems/calendar.ts";

test("a calendar is read in the edge VM, without eval, through a change of the clocks", async () => {
  const edge = await serveEdge(fileURLToPath(new URL("../../edge/endpoints/calendar.ts", import.meta.url)));
  onTestFinished(edge.close);
  const series = event("DTSTART;TZID=Europe/Madrid:20260105T100000", "DURATION:PT1H", "RRULE:FREQ=DAILY");
  const response = await fetch(edge.url, { method: "POST", body: calendarOf([series]) });
  const busy = (await response.json()) as { fromMs: number }[];
  const times = busy.map(({ fromMs }) => new Date(fromMs).toISOString());
  expect(times).toEqual([
    ...["2026-10-24T08:00:00.000Z", "2026-10-25T09:00:00.000Z", "2026-10-26T09:00:00.000Z"],
  ]);
});
