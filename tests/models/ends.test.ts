import { expect, test } from "vitest";
import { type ModelOverrides, modelFacts } from "../../lib/config/models.ts";
import { createModelWatch } from "../../lib/jobs/model-watch.ts";
import { alertDays, comingEnds, type ShutdownDates } from "../../lib/model/ends.ts";
import { hasEnded } from "../../lib/model/succession.ts";

test.each([
  ["2027-01-13T23:59:59.999Z", false],
  ["2027-01-14T00:00:00.000Z", true],
  ["2027-01-14T12:00:00.000-08:00", true],
])("GPT-4o has ended at %s: %s", (now, ended) =>
  expect(hasEnded(modelFacts("gpt-4o").shutdown, Date.parse(now))).toBe(ended),
);

test.each([
  [61, undefined],
  [60, 60],
  [31, 60],
  [30, 30],
  [8, 30],
  [7, 7],
  [1, 7],
  [0, null],
])("%i days ahead the alert is that of %s", (days, alert) => {
  const nowMs = Date.parse("2027-01-14T23:00:00Z") - days * 86_400_000;
  const lives = { factsOf: modelFacts, overrides: {}, stated: new Map() };
  const [end] = comingEnds(["gpt-4o", "gpt-4o", "gpt-6-luna", "unknown"], lives, nowMs);
  expect(end ? alertDays(end) : undefined).toBe(alert);
});

test.each<[string, ModelOverrides, ShutdownDates, string[]]>([
  ["the table", {}, new Map(), ["2027-01-14"]],
  ["the service before the table", {}, new Map([["gpt-4o", "2027-01-02"]]), ["2027-01-02"]],
  ["the service, which knows of no end", {}, new Map([["gpt-4o", null]]), []],
  [
    "MODELS before both",
    { "gpt-4o": { shutdown: "2026-12-31" } },
    new Map([["gpt-4o", null]]),
    ["2026-12-31"],
  ],
  [
    "MODELS, which knows of no end",
    { "gpt-4o": { shutdown: null } },
    new Map([["gpt-4o", "2027-01-02"]]),
    [],
  ],
])("the day is that of %s", (_name, overrides, stated, days) => {
  const lives = { factsOf: modelFacts, overrides, stated };
  const ends = comingEnds(["gpt-4o"], lives, Date.parse("2026-12-20T00:00:00Z"));
  expect(ends.map(({ shutdown }) => shutdown)).toEqual(days);
});

test("the service is asked every six hours at most, and what it said stays when it fails", async () => {
  let nowMs = Date.parse("2026-12-20T00:00:00Z");
  let asked = 0;
  const watch = createModelWatch({
    models: ["gpt-4o"],
    factsOf: modelFacts,
    overrides: {},
    clock: { now: () => nowMs },
    statedDates: async () => {
      asked += 1;
      if (asked > 1) throw new Error("down");
      return new Map([["gpt-4o", "2026-12-24"]]);
    },
  });
  const shutdown = async () => (await watch.comingEnds())[0]?.shutdown;
  // Nobody waits for the request of another.
  const [first, other] = [watch.comingEnds(), watch.comingEnds()];
  expect([(await first)[0]?.shutdown, (await other)[0]?.shutdown]).toEqual(["2026-12-24", "2027-01-14"]);
  for (let calls = 0; calls < 50; calls++) await watch.comingEnds();
  expect([asked, await shutdown()]).toEqual([1, "2026-12-24"]);
  nowMs += 6 * 3_600_000;
  expect([await shutdown(), asked]).toEqual(["2026-12-24", 2]);
});
