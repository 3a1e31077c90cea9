/** Counters behind the pages, alerts and exports of figures (`db/functions/metrics/`). */
import type { Cell, Metrics, RollUp, Selection, TurnPoint } from "../lib/types/metrics.ts";
import type { Database } from "./client.ts";

/** A slot's beginning, its labels, its buckets and how many are in each. */
type Series = [atMs: number | null, labels: Cell["labels"], buckets: number[], counts: number[]];

/** Reader of the counters. */
export function createMetrics({ sql }: Database): Metrics {
  return {
    async read({ tenantId, ...selection }: Selection): Promise<Cell[]> {
      const [row] = await sql<{ series: Series[] }>`
        select read_metrics(${tenantId}::uuid, ${JSON.stringify(selection)}::jsonb) as series`;
      return (row?.series ?? []).flatMap(([atMs, labels, buckets, counts]) =>
        buckets.map((bucket, place) => ({ atMs, labels, bucket, n: counts[place] ?? 0 })),
      );
    },

    async worstTurns({ tenantId, ...selection }, limit: number): Promise<TurnPoint[]> {
      const [row] = await sql<{ turns: TurnPoint[] }>`
        select worst_turns(${tenantId}::uuid, ${JSON.stringify(selection)}::jsonb, ${limit}::int) as turns`;
      return row?.turns ?? [];
    },

    async freshMs(): Promise<number> {
      const [row] = await sql<{ ms: number }>`
        select epoch_ms(through)::float8 as ms from metric_passes where name = 'fresh'`;
      return row?.ms ?? 0;
    },

    async record({ tenantId, metric, labels, ms }) {
      await sql`select record_metric(${tenantId}::uuid, ${metric}, ${JSON.stringify(labels)}::jsonb, ${ms}::float8)`;
    },
  };
}

/** Fills the counters. */
export function createRollUp({ sql }: Database): RollUp {
  return {
    async step(rows: number, nowMs: number | null = null) {
      const [row] = await sql<{ outcome: "more" | "done" | "busy" }>`
        select roll_up(${rows}::int, coalesce(to_timestamp(${nowMs}::float8 / 1000), clock_timestamp())) as outcome`;
      return row?.outcome ?? "done";
    },

    async rebuild(days: number) {
      // Whole days of which nothing has been purged.
      await sql`
        select begin_rebuild(date_trunc('day', clock_timestamp() - make_interval(days => ${days}::int), 'UTC') + interval '1 day', clock_timestamp())`;
    },
  };
}
