import { describe, expect, test } from "vitest";
import type { Share } from "../../contracts/console/insight.ts";
import {
  BURN_RULES,
  burning,
  burnMeasures,
  burnOf,
  burnSelections,
  WINDOW_MS,
  type WindowName,
} from "../../lib/insight/burn.ts";
import { bucketOf } from "../../lib/insight/histogram.ts";
import type { Cell } from "../../lib/types/metrics.ts";
import { randomOf } from "../metrics/turns.ts";
import { runs, SEED } from "../support/seed.ts";

const MINUTE = 60_000;
const share = (all: number, missed: number): Share => ({ good: all - missed, all, share: 1 - missed / all });

/** Windows of a history: each minute before the end has a hundred events, of which so many are missed. */
function history(missedAt: (minutesAgo: number) => number): Record<WindowName, Share> {
  const windows = Object.entries(WINDOW_MS).map(([name, ms]) => {
    let missed = 0;
    for (let minute = 1; minute <= ms / MINUTE; minute += 1) missed += missedAt(minute);
    return [name, share((ms / MINUTE) * 100, missed)];
  });
  return Object.fromEntries(windows);
}

const verdict = (windows: Record<WindowName, Share>, objective = 0.99): (number | null)[] =>
  (["page", "ticket"] as const).map(
    (severity) => burning({ isMoney: false, objective, windows }, severity)?.factor ?? null,
  );

describe("burn rates", () => {
  test("the factors are those of the workbook and of Pyrra", () => {
    const share28 = (days: number, factor: number) => (factor * days) / 28;
    // What is gone of four weeks' budget when the long window is full: 2 %, 6 %, 7 % and 14 %.
    expect(
      BURN_RULES.map(({ factor, long }) => Math.round(100 * share28(WINDOW_MS[long] / 86_400_000, factor))),
    ).toEqual([2, 6, 7, 14]);
    for (const { long, short } of BURN_RULES)
      expect(WINDOW_MS[long] / WINDOW_MS[short]).toBeGreaterThanOrEqual(12);
  });

  test(`a constant share r of misses burns r / (1 − objective) in every window (seed ${SEED})`, () => {
    const random = randomOf(SEED);
    for (let run = 0; run < runs(200); run += 1) {
      const objective = 0.5 + random() * 0.4999;
      const all = 1 + Math.floor(random() * 1e6);
      const missed = Math.floor(random() * (all + 1));
      expect(burnOf({ good: all - missed, all }, objective)).toBeCloseTo(missed / all / (1 - objective), 6);
      const windows = Object.fromEntries(
        Object.keys(WINDOW_MS).map((name) => [name, share(1e6, (1e6 * missed) / all)]),
      );
      const burn = missed / all / (1 - objective);
      const expected = [14, 7].find((factor) => burn > factor) ?? null;
      expect(verdict(windows as Record<WindowName, Share>, objective)[0]).toBe(expected);
    }
    expect(burnOf({ good: 0, all: 0 }, 0.99)).toBeNull();
  });

  // By hand, of 100 events a minute with an objective of 99 %: one miss a minute burns once.
  test.each<[string, (minutesAgo: number) => number, (number | null)[]]>([
    ["nothing missed", () => 0, [null, null]],
    ["as much as allowed", () => 1, [null, null]],
    ["a little more than allowed, for days", () => 1.01, [null, 1]],
    ["twice and a half", () => 2.5, [null, 2]],
    // 2.5 times for 10 hours: 1.04 over the day.
    ["twice and a half, since ten hours", (ago) => (ago <= 600 ? 2.5 : 0), [null, null]],
    // 2.5 times for 20 hours: 2.08 over the day.
    ["twice and a half, since twenty hours", (ago) => (ago <= 1_200 ? 2.5 : 0), [null, 2]],
    ["ten times, for days", () => 10, [7, 2]],
    // 10 times for 4 hours: 6.7 over six hours, 1.67 over the day, 0.42 over four days.
    ["ten times, since four hours", (ago) => (ago <= 240 ? 10 : 0), [null, null]],
    // For 5 hours: 8.3 over six.
    ["ten times, since five hours", (ago) => (ago <= 300 ? 10 : 0), [7, 2]],
    // All missed for 8 minutes: 13.3 over the hour, 2.2 over six. For 9: 15.
    ["all, since eight minutes", (ago) => (ago <= 8 ? 100 : 0), [null, null]],
    ["all, since nine minutes", (ago) => (ago <= 9 ? 100 : 0), [14, null]],
    // Over since six minutes: the five minutes are clean, the half hour is not.
    ["all for nine minutes, over since six", (ago) => (ago > 6 && ago <= 15 ? 100 : 0), [null, null]],
    // An hour of it: 16.7 over six hours, and no longer 14 over the last five minutes.
    ["all for an hour, over since six", (ago) => (ago > 6 && ago <= 66 ? 100 : 0), [7, 2]],
    ["all for an hour, over since 31", (ago) => (ago > 31 && ago <= 91 ? 100 : 0), [null, 2]],
    // 1.04 over four days, and 16.7 over the last six hours.
    ["all for an hour, over since three", (ago) => (ago > 180 && ago <= 240 ? 100 : 0), [null, 1]],
    ["all for an hour, over since seven", (ago) => (ago > 420 && ago <= 480 ? 100 : 0), [null, null]],
  ])("%s", (_name, missedAt, expected) => expect(verdict(history(missedAt))).toEqual(expected));

  test.each([
    ["19 events, all missed", 19, 19, null],
    ["20 events, 4 missed", 20, 4, null],
    ["20 events, 5 missed", 20, 5, 14],
  ])("little traffic says nothing: %s", (_name, all, missed, expected) => {
    const windows = Object.fromEntries(Object.keys(WINDOW_MS).map((name) => [name, share(all, missed)]));
    expect(verdict(windows as Record<WindowName, Share>)[0]).toBe(expected);
  });

  test("reads each objective in each window, and counts misses by its limit or by fate", () => {
    const freshMs = Date.UTC(2026, 10, 29, 12);
    const selections = burnSelections("t", freshMs);
    expect(selections).toHaveLength(49);
    expect(new Set(selections.map(({ toMs }) => toMs))).toEqual(new Set([freshMs]));
    expect(selections.slice(0, 7).map(({ fromMs, toMs }) => (toMs - fromMs) / MINUTE)).toEqual([
      ...[5, 30, 60, 120, 360, 1_440, 5_760],
    ]);
    const cells = selections.map(({ metric }): Cell[] => {
      const cell = (n: number, bucket: number, labels = {}): Cell => ({ atMs: null, labels, bucket, n });
      if (metric === "received") return [cell(1_000, 0)];
      if (metric === "cost_nano_usd") return [cell(1.5e9, 0)];
      if (metric !== "answered")
        return [cell(30, bucketOf(90)), cell(5, bucketOf(2_500)), cell(1, bucketOf(9_000))];
      const fates = { bot: 90, person: 5, dead: 2, none: 3, waiting: 40, quiet: 10 };
      return Object.entries(fates).map(([result, n]) => cell(n, 0, { result }));
    });
    const measured = burnMeasures(cells).map(({ name, windows }) => [
      name,
      windows["4d"].good,
      windows["5m"].all,
    ]);
    expect(measured).toEqual([
      ["webhook", 30, 36],
      ["intent", 30, 36],
      ["reply", 30, 36],
      ["wait", 35, 36],
      ["availability", 95, 100],
      ["cost", 998.5, 1_000],
    ]);
  });

  // $0.50 for 1,000 messages: a budget of $0.0005 each.
  test.each<[string, [messages: number, usd: number], (number | null)[], number | null]>([
    ["almost the promised cost", [10_000, 4.99], [null, null], 0.998],
    ["a little more", [10_000, 5.1], [null, 1], 1.02],
    ["three times as much", [10_000, 15], [null, 2], 3],
    ["a hundred times as much, which never pages", [10_000, 500], [null, 2], 100],
    ["three times as much, of a dollar and a half", [1_000, 1.5], [null, 2], 3],
    ["three times as much of less than a dollar", [500, 0.75], [null, null], 3],
    ["no messages", [0, 0], [null, null], null],
  ])("the cost: %s", (_name, [messages, usd], expected, burn) => {
    const cell = (n: number): Cell => ({ atMs: null, labels: {}, bucket: 0, n });
    const cells = burnSelections("t", 0).map(({ metric }) =>
      metric === "received" ? [cell(messages)] : metric === "cost_nano_usd" ? [cell(usd * 1e9)] : [],
    );
    const measure = burnMeasures(cells).find(({ name }) => name === "cost");
    if (!measure) throw new Error("the cost has no budget");
    expect((["page", "ticket"] as const).map((each) => burning(measure, each)?.factor ?? null)).toEqual(
      expected,
    );
    const measured = burnOf(measure.windows["4d"], measure.objective);
    if (burn === null) expect(measured).toBeNull();
    else expect(measured).toBeCloseTo(burn, 6);
  });
});
