import { expect, test } from "vitest";
import { createMetrics, createRollUp } from "../../db/metrics.ts";
import { distribution } from "../../lib/insight/histogram.ts";
import type { MetricName, Selection } from "../../lib/types/metrics.ts";
import { describeFilledStore } from "../store/describe-store.ts";
import { emptyTables } from "../support/empty-tables.ts";
import { runs, SEED } from "../support/seed.ts";
import { createConversation, insertTurns, randomOf, type TurnRow, turnAt } from "./turns.ts";

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
/** Past the end of a day. */
const HOURS = runs(10) + 2;
const midnight = (ms: number) => Math.floor(ms / DAY_MS) * DAY_MS;

describeFilledStore("figures that add up", (db) => {
  const metrics = () => createMetrics(db);
  /** Runs the steps that are due at a time, some of them cut short by a crash or met by another machine. */
  async function rollUpAt(nowMs: number, rows = 60): Promise<void> {
    for (let step = 0; step < 3_000; step += 1)
      if ((await createRollUp(db).step(rows, nowMs)) === "done") return;
    throw new Error("the roll-up does not end");
  }
  const select = (metric: MetricName, over: Partial<Selection> = {}): Selection => ({
    ...{
      tenantId: null,
      metric,
      fromMs: midnight(Date.now()) - 5 * DAY_MS,
      toMs: midnight(Date.now()) + DAY_MS,
    },
    ...{ step: null, by: [], where: {}, ...over },
  });
  const counters = async (grain: string) =>
    (
      await db.sql<{ line: string }>`
      select (to_jsonb(c) - 'tenant_id')::text as line from metric_counters c where grain = ${grain} order by tenant_id, metric, at, labels`
    ).map(({ line }) => line);

  test(`days of turns in any order count once, as from scratch (seed ${SEED})`, async () => {
    for (let run = 0; run < runs(2); run += 1) {
      await emptyTables(db);
      const random = randomOf(SEED + run);
      const at = [await createConversation(db, "1"), await createConversation(db, "2")];
      const place = () => at[Math.floor(random() * 2)] ?? at[0];
      const beginMs = midnight(Date.now()) - 3 * DAY_MS + 20 * HOUR_MS;
      let nowMs = beginMs;
      const open: [TurnRow, NonNullable<ReturnType<typeof place>>][] = [];
      while (nowMs < beginMs + HOURS * HOUR_MS) {
        const stepMs = MINUTE_MS * Math.ceil(random() ** 3 * 200);
        for (let count = random() * 8; count > 0; count -= 1) {
          const turn = turnAt(random, nowMs + random() * stepMs);
          const where = place();
          if (!where) continue;
          // A process died, or the draft waits: the turn ends later.
          if (random() < 0.2) {
            open.push([turn, where]);
            await insertTurns(db, where, [{ ...turn, state: "running", endedMs: null }]);
          } else await insertTurns(db, where, [turn]);
        }
        nowMs += stepMs;
        while (open.length > 0 && random() < 0.5) {
          const [turn, where] = open.shift() ?? [];
          if (turn && where) await insertTurns(db, where, [{ ...turn, endedMs: nowMs, state: "abandoned" }]);
        }
        // What has ended is changed: its costs become known, or a dead letter is answered again.
        if (random() < 0.3)
          await db.sql`
            update turns set state = case state when 'dead' then 'replayed' else state end, cost_usd = 0.001, errors = '["send:late"]'
              where id in (select id from turns where ended_at is not null order by md5(id::text || ${String(random())}) limit 3)`;
        if (random() < 0.1) await createRollUp(db).rebuild(30);
        if (random() < 0.7) await rollUpAt(nowMs);
        if (random() < 0.3) await Promise.all([rollUpAt(nowMs), rollUpAt(nowMs)]);
      }
      for (const [turn, where] of open) await insertTurns(db, where, [{ ...turn, endedMs: nowMs }]);
      // When the last pass has seen them, nothing is missing and nothing is there twice.
      await rollUpAt(nowMs + 8 * DAY_MS);
      const [minutes, hours, days] = [
        await counters("minute"),
        await counters("hour"),
        await counters("day"),
      ];
      await db.sql`delete from metric_counters`;
      await db.sql`delete from metric_passes`;
      await rollUpAt(nowMs + 8 * DAY_MS, 20);
      expect(await counters("minute")).toEqual(minutes);
      expect(await counters("hour")).toEqual(hours);
      expect(await counters("day")).toEqual(days);
      const [{ turns } = { turns: -1 }] = await db.sql<{ turns: number }>`
        select count(*)::int as turns from turns where rung is distinct from 'operator'`;
      expect((await metrics().read(select("turns")))[0]?.n).toBe(turns);
      await expectSameSums();
    }
  });

  /** The sums of minutes, hours and days are the same, bucket by bucket; and so are those by few labels. */
  async function expectSameSums(): Promise<void> {
    const sums = await db.sql<{ name: string; grain: string; n: number }>`
      select metric || ' ' || bucket as name, grain, sum(n)::int as n from metric_counters, unnest(buckets, counts) u (bucket, n)
        group by 1, 2`;
    const of = (grain: string) =>
      new Map(sums.filter((sum) => sum.grain === grain).map(({ name, n }) => [name, n]));
    const [minutes, hours, days] = [of("minute"), of("hour"), of("day")];
    expect(minutes.size).toBeGreaterThan(50);
    for (const [name, n] of minutes) expect([name, hours.get(name), days.get(name)]).toEqual([name, n, n]);
    // `turns:intent 0` is as much as `turns 0`.
    for (const [name, n] of hours)
      expect([name, hours.get(name.replace(/:[\w,]* /, " ")), days.get(name)]).toEqual([name, n, n]);
    const totals = await db.sql<{ name: string; n: number }>`
      select metric || ' ' || bucket as name, sum(n)::int as n from metric_day_totals, unnest(buckets, counts) u (bucket, n) group by 1`;
    expect(new Map(totals.map(({ name, n }) => [name, n]))).toEqual(days);
  }

  test("percentiles are within 1 % of the exact ones, in any range", async () => {
    const random = randomOf(SEED + 100);
    const [{ first } = { first: 0 }] = await db.sql<{ first: number }>`
      select epoch_ms(date_trunc('day', min(started_at), 'UTC'))::float8 as first from turns`;
    for (const step of ["minute", "hour", "day", null] as const) {
      const fromMs = first + Math.floor(random() * 20 + 18) * HOUR_MS + 7 * MINUTE_MS;
      const toMs = fromMs + Math.floor(1 + random() * 40) * 37 * MINUTE_MS;
      const exact = await db.sql<{ ms: number }>`
        select (stages_ms ->> 'wait')::float8 as ms from turns where rung is distinct from 'operator'
          and started_at >= to_timestamp(${fromMs / 1000}::float8) and started_at < to_timestamp(${toMs / 1000}::float8) order by 1`;
      const merged = distribution(await metrics().read(select("wait", { fromMs, toMs, step })));
      expect(merged.count).toBe(exact.length);
      for (const q of exact.length > 0 ? [0, 0.5, 0.95, 0.99, 1] : []) {
        const right = exact[Math.max(1, Math.ceil(q * exact.length)) - 1]?.ms ?? 0;
        expect(Math.abs((merged.quantile(q) ?? 0) / right - 1)).toBeLessThan(0.01);
      }
    }
  });

  test("labels stay apart or are added up, and one company sees its own", async () => {
    const all = await metrics().read(select("turns", { by: ["intent", "result"] }));
    const sum = (cells: { n: number }[]) => cells.reduce((total, { n }) => total + n, 0);
    const [one] = await metrics().read(select("turns"));
    expect(sum(all)).toBe(one?.n);
    const dead = await metrics().read(select("turns", { where: { result: "dead" } }));
    expect(sum(dead)).toBe(sum(all.filter(({ labels }) => labels.result === "dead")));
    const tenants = await db.sql<{ id: string }>`select id from tenants`;
    const each = await Promise.all(
      tenants.map(({ id }) => metrics().read(select("turns", { tenantId: id }))),
    );
    expect(sum(each.flat())).toBe(one?.n);
  });

  test("labels from outside are 50 and all others, whose sum is the same at each width", async () => {
    await emptyTables(db);
    const random = randomOf(SEED + 200);
    const place = await createConversation(db, "1");
    const beginMs = midnight(Date.now()) - 2 * DAY_MS + 5 * HOUR_MS;
    const code = () => `code-${Math.floor(180 * random() ** 2)}`;
    const turns = Array.from({ length: 300 }, (_, at) => ({
      ...turnAt(random, beginMs + at * 9_000),
      ...{ rung: "full", errors: [code(), code(), code(), code()] },
    }));
    await insertTurns(db, place, turns);
    await rollUpAt(Date.now() + 6 * DAY_MS, 400);
    for (const step of ["minute", "hour", "day"] as const) {
      const cells = await metrics().read(select("errors", { step, by: ["code"] }));
      const values = new Map<number | null, number>();
      for (const { atMs } of cells) values.set(atMs, (values.get(atMs) ?? 0) + 1);
      expect(Math.max(...values.values())).toBeLessThanOrEqual(51);
      expect(cells.reduce((sum, { n }) => sum + n, 0)).toBe(4 * turns.length);
    }
    // The most frequent keep their names, and `other` takes none of their places.
    const day = await metrics().read(select("errors", { step: "day", by: ["code"] }));
    expect(day.map(({ labels }) => labels.code)).toContain("other");
    expect(day).toHaveLength(51);
    expect(day.map(({ labels }) => labels.code)).toContain("code-0");
    await expectSameSums();
  });

  test("today is read from its hours until it is over", async () => {
    await emptyTables(db);
    const place = await createConversation(db, "1");
    const noonMs = midnight(Date.now()) - DAY_MS + 12 * HOUR_MS;
    const random = randomOf();
    const at = (ms: number) => ({ ...turnAt(random, ms), rung: "full", state: "answered" });
    await insertTurns(db, place, [
      at(noonMs - 2 * DAY_MS),
      at(noonMs - 90 * MINUTE_MS),
      at(noonMs - 5 * MINUTE_MS),
    ]);
    await rollUpAt(noonMs);
    expect(await counters("day")).not.toEqual([]);
    const sums = async (step: "day" | "hour" | null) =>
      (await metrics().read(select("turns", { step, toMs: midnight(noonMs) + DAY_MS }))).map(({ n }) => n);
    expect([await sums("day"), await sums(null)]).toEqual([[1, 2], [3]]);
    expect(await sums("hour")).toEqual([1, 1, 1]);
    await rollUpAt(noonMs + DAY_MS);
    expect(await sums("day")).toEqual([1, 2]);
  });
});
