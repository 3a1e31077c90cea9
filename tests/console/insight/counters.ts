import { bucketOf } from "../../../lib/insight/histogram.ts";
import type { LabelName, MetricName } from "../../../lib/types/metrics.ts";
import type { World } from "../../support/world.ts";

/** What a test puts into the counters, as the roll-up would. */
export interface Counted {
  tenantId: string;
  metric: MetricName;
  atMs: number;
  labels?: Partial<Record<LabelName, string>>;
  /** Of durations. */
  ms?: number;
  n?: number;
}

/** Stores counters for minutes, hours and days. */
export async function count({ sql }: Pick<World, "sql">, events: readonly Counted[]): Promise<void> {
  const rows = events.map(({ tenantId, metric, atMs, labels = {}, ms, n = 1 }) => ({
    ...{ tenantId, metric, atMs, labels, n },
    bucket: ms === undefined ? 0 : bucketOf(ms),
  }));
  await sql`
    with given as (
      select ("tenantId")::uuid as tenant_id, metric, labels, bucket, n, grain,
             date_trunc(grain, to_timestamp("atMs" / 1000.0), 'UTC') as at
        from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
               as row ("tenantId" text, metric text, "atMs" float8, labels jsonb, bucket smallint, n bigint),
             unnest(array['minute', 'hour', 'day']) as grain
    ), summed as (
      select tenant_id, metric, grain, at, labels, bucket, sum(n)::bigint as n
        from given group by 1, 2, 3, 4, 5, 6
    )
    insert into metric_counters (tenant_id, metric, grain, at, labels, source, buckets, counts)
      select tenant_id, metric, grain, at, labels, 'turns', array_agg(bucket order by bucket), array_agg(n order by bucket)
        from summed group by 1, 2, 3, 4, 5`;
}

/** Says through when the counters are complete. */
export async function fresh({ sql }: Pick<World, "sql">, throughMs: number): Promise<void> {
  await sql`
    insert into metric_passes (name, lag, through) values ('fresh', interval '1 minute', to_timestamp(${throughMs / 1000}))
      on conflict (name) do update set through = excluded.through`;
}
