/** Counters behind the pages, alerts and exports of figures (`db/functions/metrics/`). */
import type { Cell, Metrics, RollUp, Selection, TurnPoint } from "../lib/types/metrics.ts";
import type { Database } from "./client.ts";

/** A slot's beginning, its labels, its buckets and how many are in each. */
type Series = [atMs: number | null, labels: Cell["labels"], buckets: number[], counts: number[]];

const cellsOf = (series: readonly Series[]): Cell[] =>
  series.flatMap(([atMs, labels, buckets, counts]) =>
    buckets.map((bucket, place) => ({ atMs, labels, bucket, n: counts[place] ?? 0 })),
  );

/** Reader of the counters. */
export function createMetrics({ sql }: Database): Metrics {
  return {
    async read({ tenantId, ...selection }: Selection): Promise<Cell[]> {
      const [row] = await sql<{ series: Series[] }>`
        select read_counters(${idsOf(tenantId)}::uuid[], ${JSON.stringify(selection)}::jsonb) as series`;
      return cellsOf(row?.series ?? []);
    },

    async readEach(selections): Promise<Cell[][]> {
      const asked = selections.map(({ tenantId, ...rest }) => ({ ids: idsOf(tenantId), rest }));
      const [row] = await sql<{ each: Series[][] | null }>`
        select jsonb_agg(read_counters((x.asked ->> 'ids')::uuid[], x.asked -> 'rest') order by place) as each
          from jsonb_array_elements(${JSON.stringify(asked)}::jsonb) with ordinality x (asked, place)`;
      return (row?.each ?? []).map(cellsOf);
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

    async record(events) {
      await sql`
        select record_metric("tenantId", metric, labels, ms)
          from jsonb_to_recordset(${JSON.stringify(events)}::jsonb) as e ("tenantId" uuid, metric text, labels jsonb, ms float8)
          order by "tenantId", metric, labels`;
    },
  };
}

/** As PostgreSQL writes an array; null: all. */
const idsOf = (tenantId: Selection["tenantId"]): string | null =>
  tenantId === null ? null : `{${[tenantId].flat().join()}}`;

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
