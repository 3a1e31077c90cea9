import { expect, test } from "vitest";
import { bucketOf } from "../../lib/insight/histogram.ts";
import type { Cell, Selection } from "../../lib/types/metrics.ts";
import { answer, isMetric } from "../../scripts/metrics/show.ts";

const cell = (labels: Cell["labels"], n: number, ms?: number): Cell => ({
  ...{ atMs: null, labels, n },
  bucket: ms === undefined ? 0 : bucketOf(ms),
});

/** Counters with two metrics; labels that are not asked for are added up by the database, here left out. */
function metricsWith(
  cells: Partial<Record<Selection["metric"], Cell[]>>,
  asked: Selection[] = [],
): Parameters<typeof answer>[0] {
  return {
    async read(selection) {
      asked.push(selection);
      return cells[selection.metric] ?? [];
    },
    freshMs: async () => Date.UTC(2026, 10, 29, 14),
  };
}

test("prints a figure by its labels, the most frequent first, and money as money", async () => {
  const cost = [cell({ model: "b" }, 1), cell({ model: "a", intent: "hours" }, 2_500_000_000)];
  const { words, data } = await answer(metricsWith({ cost_nano_usd: cost }), "cost_nano_usd", 7);
  const [head, first, second] = words.split("\n").map((line) => line.replace(/ +/g, " "));
  expect(head).toBe("Last 7 days, complete through 2026-11-29T14:00:00.000Z");
  expect([first, second]).toEqual([
    "cost_nano_usd intent=hours model=a $2.5000",
    "cost_nano_usd model=b $0.0000",
  ]);
  expect(data[0]).toMatchObject({ count: 2_500_000_000 });
});

test("prints durations at a glance, and no text from outside moves the cursor", async () => {
  const asked: Selection[] = [];
  const tool = [cell({ tool: "x\u001b[2J\nsent 9", result: "ok" }, 3, 40_000)];
  const resolution = [cell({ served_by: "bot" }, 1, 2 * 86_400_000)];
  const { words } = await answer(metricsWith({ tool, resolution }, asked), null, 30);
  expect(words).toMatch(/tool tool=x\[2J sent 9 result=ok +3 {2}p50 40 s {2}p95 40 s {2}p99 40 s/);
  expect(words).toMatch(/p50 48 h/);
  // Without a name labels are added up.
  expect(asked.every(({ by }) => by.length === 0)).toBe(true);
});

test("knows the names of metrics, and nothing that objects have besides", () => {
  expect(["wait", "turns"].every(isMetric)).toBe(true);
  expect(["toString", "waits", ""].some(isMetric)).toBe(false);
});
