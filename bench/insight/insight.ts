import { Client } from "pg";
import { createDatabase, type Database } from "../../db/client.ts";
import { createMetrics, createRollUp } from "../../db/metrics.ts";
import { migrateServer } from "../../db/migrate/server.ts";
import { createTeardown } from "../../host/machine/lifecycle.ts";
import { startNeonEndpoint } from "../../host/stores/neon.ts";
import { serverEngine } from "../../host/stores/sql-engine.ts";
import type { Grain, LabelName, MetricName } from "../../lib/types/metrics.ts";
import { startPostgresServer } from "../../tests/support/postgres-server.ts";
import { type Bench, grid, percentile, round } from "../table.ts";
import { fill } from "./data.ts";

const SIZES = [10_000, 100_000, 1_000_000];
const DAYS = 90;
const DAY_MS = 86_400_000;
const ROUNDS = 20;
/** As the job takes them. */
const ROWS = 5_000;

/** Figures: how fast turns are rolled up, and how long the pages' questions take. `BENCH_TURNS` keeps it to the smaller sizes. */
const bench: Bench = async () => {
  const teardown = createTeardown();
  try {
    const postgres = await startPostgresServer();
    teardown.add(postgres.stop);
    const address = postgres.url("postgres");
    await migrateServer(address);
    const client = new Client({ connectionString: address });
    await client.connect();
    teardown.add(() => client.end());
    const neon = await startNeonEndpoint({ engine: serverEngine(address), password: "bench" });
    teardown.add(neon.close);
    const database = createDatabase(neon.url, 60_000);
    const { rows } = await client.query<{ id: string }>(
      "insert into tenants (phone_number_id) values ('106540352242922') returning id",
    );
    const lines: string[][] = [];
    for (const turns of SIZES.filter((size) => size <= Number(process.env.BENCH_TURNS ?? 1_000_000))) {
      await fill(client, rows[0]?.id ?? "", { turns, days: DAYS });
      lines.push(...(await measure(client, database, turns)));
    }
    return grid([["turns in 90 days", "what", "p50 ms", "p95 ms", "`select 1`"], ...lines]);
  } finally {
    await teardown.run();
  }
};

async function measure(client: Client, database: Database, turns: number): Promise<string[][]> {
  const size = turns.toLocaleString("en");
  const { step } = createRollUp(database);
  const startedMs = performance.now();
  const steps: number[] = [];
  for (let more = true; more; ) {
    const beganMs = performance.now();
    more = (await step(ROWS)) === "more";
    if (more) steps.push(performance.now() - beganMs);
  }
  const perS = turns / ((performance.now() - startedMs) / 1_000);
  await client.query("vacuum analyze metric_counters");
  const floor = percentile(await times(() => database.sql`select 1`), 0.5);
  const line = (what: string, taken: number[]) => {
    const [p50, p95] = [percentile(taken, 0.5), percentile(taken, 0.95)];
    return [size, what, round(p50), round(p95), `${round(p50 / floor)}×`];
  };
  const lines = [line(`roll-up, a slice (${round(perS)} turns a second in all)`, steps)];
  for (const [what, ask] of asks(database)) lines.push(line(what, await times(ask)));
  return lines;
}

function asks(database: Database): [what: string, ask: () => Promise<unknown>][] {
  const metrics = createMetrics(database);
  const toMs = Date.now();
  const read = (metric: MetricName, days: number, step: Grain | null, by: readonly LabelName[] = []) =>
    metrics.read({ tenantId: null, metric, fromMs: toMs - days * DAY_MS, toMs, step, by, where: {} });
  const targets = ["webhook", "intent", "reply", "wait"] as const;
  return [
    ["`select 1` by the same road", () => database.sql`select 1`],
    [
      "the four targets, 90 days by day, one after another",
      async () => {
        for (const metric of targets) await read(metric, DAYS, "day");
      },
    ],
    ["the customer's wait, 90 days by day", () => read("wait", DAYS, "day")],
    ["the customer's wait, 90 days by day and intent", () => read("wait", DAYS, "day", ["intent"])],
    ["the customer's wait, 90 days by hour", () => read("wait", DAYS, "hour")],
    ["stages, 90 days in one", () => read("stage", DAYS, null, ["stage"])],
    ["turns by rung, 90 days by day", () => read("turns", DAYS, "day", ["rung"])],
    ["the customer's wait, an hour by minute", () => read("wait", 1 / 24, "minute")],
  ];
}

async function times(ask: () => Promise<unknown>): Promise<number[]> {
  const taken: number[] = [];
  await ask();
  for (let round = 0; round < ROUNDS; round += 1) {
    const start = performance.now();
    await ask();
    taken.push(performance.now() - start);
  }
  return taken;
}

export default bench;
