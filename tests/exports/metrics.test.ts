import { afterAll, beforeAll, expect, test } from "vitest";
import { create } from "../../api/metrics.ts";
import { createMetrics, createRollUp } from "../../db/metrics.ts";
import { hostPlatform } from "../../host/machine/platform.ts";
import { exportedMetrics } from "../../lib/insight/exports/list.ts";
import { prometheusText } from "../../lib/insight/exports/prometheus.ts";
import { createReading } from "../../lib/insight/exports/reading.ts";
import { distribution } from "../../lib/insight/histogram.ts";
import type { MetricName, Selection } from "../../lib/types/metrics.ts";
import { TOOL_NAMES } from "../../tools/registry.ts";
import { createConversation, insertTurns, randomOf, turnAt } from "../metrics/turns.ts";
import { SEED } from "../support/seed.ts";
import { startWorld, type World } from "../support/world.ts";
import { readExposition, type Sample, sumOf } from "./exposition.ts";

const TOKEN = "a-token-for-metrics-0123456789";
const DAY_MS = 86_400_000;
const ANA = "51987650001";

let world: World;
beforeAll(async () => {
  world = await startWorld({ env: { METRICS_TOKEN: TOKEN } });
});
afterAll(() => world.close());

const get = (token = TOKEN) =>
  fetch(`${world.url}/api/metrics`, { headers: { authorization: `Bearer ${token}` } });
const scrape = async (): Promise<Sample[]> => readExposition(await (await get()).text());

async function rollUp(nowMs = Date.now() + 180_000): Promise<void> {
  while ((await createRollUp(world).step(5_000, nowMs)) === "more");
}

const select = (metric: MetricName, over: Partial<Selection> = {}): Selection => ({
  ...{ tenantId: null, metric, fromMs: 0, toMs: Date.now() + DAY_MS, step: null, by: [], where: {} },
  ...over,
});

test("whoever has no token gets nothing", async () => {
  expect((await get("guess")).status).toBe(401);
  expect((await fetch(`${world.url}/api/metrics`)).status).toBe(401);
  const withoutToken = hostPlatform(() => ({ ...world.environment, METRICS_TOKEN: "" }));
  expect((await create(withoutToken)(new Request(`${world.url}/api/metrics`))).status).toBe(404);
  const own = await get();
  expect([own.status, own.headers.get("content-type")]).toEqual([
    200,
    "text/plain; version=0.0.4; charset=utf-8",
  ]);
});

test(`totals are those of the pages, and the targets are among the bounds (seed ${SEED})`, async () => {
  const random = randomOf(SEED);
  for (const number of ["1", "2"]) {
    const place = await createConversation(world, number);
    const turns = Array.from({ length: 120 }, () =>
      turnAt(random, Date.now() - 600_000 - random() * 3 * DAY_MS),
    );
    await insertTurns(world, place, turns);
  }
  const ana = world.customer(ANA, "Ana Quispe");
  await ana.send("¿dónde está mi pedido 1001?");
  await world.drain();
  world.graph.setFault(() => ({
    status: 400,
    body: { error: { code: 131026, message: "Message undeliverable" } },
  }));
  await ana.send("quiero hablar con una persona");
  await world.drain();
  world.graph.setFault(null);
  await rollUp();

  const metrics = createMetrics(world);
  const text = await (await get()).text();
  const samples = readExposition(text);
  for (const [name, metric] of [
    ["chasqui_wait_seconds", "wait"],
    ["chasqui_reply_seconds", "reply"],
    ["chasqui_intent_seconds", "intent"],
    ["chasqui_webhook_seconds", "webhook"],
  ] as const) {
    const cells = distribution(await metrics.read(select(metric)));
    expect(cells.count).toBeGreaterThan(0);
    expect(sumOf(samples, `${name}_count`)).toBe(cells.count);
    for (const le of ["0.1", "0.5", "2.0", "3.0"])
      expect(sumOf(samples, `${name}_bucket`, { le }), `${name} ${le}`).toBe(
        cells.within(Number(le) * 1_000),
      );
  }
  const [exact] = await world.sql<{ waits: number; cost: number }>`
    select sum((stages_ms ->> 'wait')::float8) / 1000 as waits, sum(cost_usd)::float8 as cost from turns where rung is distinct from 'operator'`;
  expect(sumOf(samples, "chasqui_wait_seconds_sum") / (exact?.waits ?? 0)).toBeCloseTo(1, 2);
  expect(sumOf(samples, "chasqui_cost_usd_total")).toBeCloseTo(exact?.cost ?? 0, 6);
  for (const [name, metric] of [
    ["chasqui_turns_total", "turns"],
    ["chasqui_received_total", "received"],
    ["chasqui_sent_total", "sent"],
    ["chasqui_tokens_in_total", "tokens_in"],
    ["chasqui_errors_total", "errors"],
  ] as const) {
    const [cell] = await metrics.read(select(metric));
    expect(sumOf(samples, name), name).toBe(cell?.n ?? 0);
    expect(sumOf(samples, name), name).toBeGreaterThan(0);
  }
  expect(sumOf(samples, "chasqui_sent_failed_total", { code: "131026" })).toBeGreaterThan(0);
  expect(samples.filter(({ name }) => name === "chasqui_figures_fresh_seconds")).toHaveLength(1);
  // Nobody is named, and nothing but ids and words of ours.
  for (const secret of [ANA, "Quispe", "pedido", "Ana"]) expect(text).not.toContain(secret);
});

test("a total never falls: not by the purge, not by another count, not by late turns", async () => {
  const before = await scrape();
  await world.sql`delete from metric_counters where grain = 'minute' or grain = 'hour' and at < date_trunc('day', now(), 'UTC')`;
  await world.sql`delete from messages`;
  await createRollUp(world).rebuild(30);
  const place = await createConversation(world, "1");
  await insertTurns(world, place, [turnAt(randomOf(SEED + 1), Date.now() - 2 * DAY_MS)]);
  await rollUp(Date.now() + 600_000);
  const after = await scrape();
  const keyOf = ({ name, labels }: Sample) => JSON.stringify([name, labels]);
  const values = new Map(after.map((sample) => [keyOf(sample), sample.value]));
  const totals = before.filter(({ name }) => /_(total|bucket|sum|count)$/.test(name));
  expect(totals.filter((sample) => (values.get(keyOf(sample)) ?? 0) < sample.value)).toEqual([]);
});

test("a scrape reads no more after three years than after one", async () => {
  const asked = JSON.stringify(exportedMetrics(TOOL_NAMES).map((metric) => metric.asked));
  /** Repeats the days that there are over a year, so many years ago, and returns what a scrape gives then, how many rows it reads, and how many at most. */
  const read = async (yearsAgo: number) => {
    await world.sql`
      insert into metric_counters (tenant_id, metric, grain, at, labels, source, buckets, counts)
        select tenant_id, metric, grain, at - make_interval(days => days + 365 * ${yearsAgo}::integer), labels, source, buckets, counts
          from metric_counters, generate_series(30, 365, 30) days where grain = 'day' and at > now() - interval '20 days'`;
    await world.sql`analyze metric_counters, metric_day_totals`;
    // In this count of the connection is also what it did a moment before.
    const [row] = await world.sql<{ began: number; series: unknown; ended: number }>`
      select (select sum(seq_tup_read + coalesce(idx_tup_fetch, 0))::int from pg_stat_xact_user_tables where relname ~ '^metric_') as began,
             metric_totals(${asked}::jsonb) as series,
             (select sum(seq_tup_read + coalesce(idx_tup_fetch, 0))::int from pg_stat_xact_user_tables where relname ~ '^metric_') as ended`;
    const [most] = await world.sql<{ totals: number; hours: number }>`
      select (select count(*)::int from metric_day_totals) as totals, (select count(*)::int from metric_counters
        where grain = 'hour' and at >= (select max(at) + interval '1 day' from metric_counters where grain = 'day')) as hours`;
    return { series: row?.series, rows: (row?.ended ?? 0) - (row?.began ?? 0), most };
  };
  const [first, , third] = [await read(0), await read(1), await read(2)];
  const { totals = 0, hours = 0 } = first.most ?? {};
  expect(third.most).toEqual(first.most);
  // One more for the last day, and one for how far the roll-up has come.
  for (const { rows } of [first, third]) expect(rows).toBeLessThanOrEqual(totals + hours + 2);
  expect(third.rows).toBeGreaterThan(100);
  expect(third.series).not.toEqual(first.series);
});

test("what comes from outside makes no series, and what is open shows", async () => {
  const [row] = await world.sql<{ id: string }>`select id from tenants order by id limit 1`;
  const id = row?.id ?? "";
  await world.sql`
    insert into metric_counters (tenant_id, metric, grain, at, labels, source, buckets, counts)
      select ${id}::uuid, x.metric, 'day', now() - interval '2 days', x.labels, 'turns', '{12}', '{1}'
        from generate_series(1, 300) i, lateral (values
          ('errors', jsonb_build_object('code', 'respond:made_up_' || i)), ('tool', jsonb_build_object('tool', 'made_up_' || i, 'result', 'ok')),
          ('sent', jsonb_build_object('author', 'bot', 'result', 'failed', 'code', (900000 + i)::text))) x (metric, labels)`;
  const samples = await scrape();
  const own = samples.filter(({ labels }) => labels.tenant === id);
  expect(sumOf(own, "chasqui_errors_total", { code: "respond" })).toBeGreaterThanOrEqual(300);
  expect(sumOf(own, "chasqui_tool_seconds_count", { tool: "other" })).toBe(300);
  expect(sumOf(own, "chasqui_sent_failed_total", { code: "other" })).toBe(300);
  expect(own.length).toBeLessThan(1_500);

  await world.sql`update conversations set received_seq = answered_seq + 1, unread_since = now() - interval '5 minutes' where tenant_id = ${id}::uuid`;
  expect(sumOf(await scrape(), "chasqui_stranded", { tenant: id })).toBeGreaterThan(0);
});

test("labels and help are escaped", () => {
  const text = prometheusText([
    {
      ...{ name: "chasqui_x_total", help: "a \\ and\na line", type: "counter" },
      points: [{ labels: { model: 'a"b\\c\nd' }, value: 1.5 }],
    },
  ]);
  expect(text).toBe(
    '# HELP chasqui_x_total a \\\\ and\\na line\n# TYPE chasqui_x_total counter\nchasqui_x_total{model="a\\"b\\\\c\\nd"} 1.5\n',
  );
  expect(readExposition(text)[0]?.labels.model).toBe('a"b\\c\nd');
});

test("many who scrape at once share two readings, each begun after they came; without waiting for each other none is shared", async () => {
  for (const alone of [false, true]) {
    let readings = 0;
    const totals = async () => {
      readings += 1;
      await new Promise(setImmediate);
      return { atMs: 0, sinceMs: 0, freshMs: null, totals: [], queues: [] };
    };
    const read = createReading({ totals }, [], { alone });
    const first = read();
    await Promise.resolve();
    await Promise.all([first, ...Array.from({ length: 20 }, () => read())]);
    expect(readings).toBe(alone ? 21 : 2);
  }
});
