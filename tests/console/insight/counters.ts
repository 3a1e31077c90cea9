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

/** Stores counters for minutes, hours and days, those too by few labels. */
export async function count({ sql }: Pick<World, "sql">, events: readonly Counted[]): Promise<void> {
  const rows = events.map(({ tenantId, metric, atMs, labels = {}, ms, n = 1 }) => ({
    ...{ tenantId, metric, atMs, labels, n },
    bucket: ms === undefined ? 0 : bucketOf(ms),
  }));
  await sql`
    with whole as (
      select ("tenantId")::uuid as tenant_id, metric, labels, bucket, n, grain,
             date_trunc(grain, to_timestamp("atMs" / 1000.0), 'UTC') as at
        from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
               as row ("tenantId" text, metric text, "atMs" float8, labels jsonb, bucket smallint, n bigint),
             unnest(array['minute', 'hour', 'day']) as grain
    ), given as (
      select * from whole
      union all
      select tenant_id, o_metric || ':' || array_to_string(o_labels, ','), coalesce((select jsonb_object_agg(name, labels -> name) from unnest(o_labels) name where labels ? name), '{}'), bucket, n, grain, at
        from whole join metric_label_sets() on o_metric = metric where grain <> 'minute'
    ), summed as (
      select tenant_id, metric, grain, at, labels, bucket, sum(n)::bigint as n
        from given group by 1, 2, 3, 4, 5, 6
    )
    insert into metric_counters as c (tenant_id, metric, grain, at, labels, source, buckets, counts)
      select tenant_id, metric, grain, at, labels, 'turns', array_agg(bucket order by bucket), array_agg(n order by bucket)
        from summed group by 1, 2, 3, 4, 5
      on conflict (tenant_id, metric, grain, at, labels) do update set (buckets, counts) = (
        select array_agg(bucket order by bucket), array_agg(n order by bucket) from (
          select bucket, sum(n)::bigint as n from (
            select * from unnest(c.buckets, c.counts) union all select * from unnest(excluded.buckets, excluded.counts)) u (bucket, n)
            group by bucket) merged)`;
}

/** Says through when the counters are complete. */
export async function fresh({ sql }: Pick<World, "sql">, throughMs: number): Promise<void> {
  await sql`
    insert into metric_passes (name, lag, through) values ('fresh', interval '1 minute', to_timestamp(${throughMs / 1000}))
      on conflict (name) do update set through = excluded.through`;
}
