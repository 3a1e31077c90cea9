-- Returns what a span of whole slots holds, counted anew: minutes from their rows, hours from minutes, days from hours. Locks nothing.
create or replace function counted_cells(p_grain text, p_from timestamptz, p_to timestamptz, p_now timestamptz)
returns table (o_tenant_id uuid, o_source text, o_at timestamptz, o_metric text, o_labels jsonb, o_bucket smallint, o_n bigint) language sql stable as $$
  select o_tenant_id, 'turns', o_at, o_metric, o_labels, o_bucket, o_n from turn_cells(p_from, p_to) where p_grain = 'minute'
  union all
  select o_tenant_id, 'messages', o_at, o_metric, o_labels, o_bucket, o_n from message_cells(p_from, p_to) where p_grain = 'minute'
  union all
  select o_tenant_id, o_source, o_at, o_metric, o_labels, o_bucket, o_n from handoff_cells(p_from, p_to) where p_grain = 'minute'
  union all
  -- Whether a conversation has ended is known after a day.
  select o_tenant_id, 'conversations', o_at, o_metric, o_labels, o_bucket, o_n
    from conversation_cells(p_from, least(p_to, date_trunc('minute', p_now - interval '1 day', 'UTC'))) where p_grain = 'minute'
  union all
  select c.tenant_id, c.source, date_trunc(p_grain, c.at, 'UTC'), c.metric, c.labels, u.bucket, sum(u.n)::bigint
    from metric_counters c, unnest(c.buckets, c.counts) u (bucket, n)
    where p_grain <> 'minute' and c.grain = case p_grain when 'hour' then 'minute' else 'hour' end and c.at >= p_from and c.at < p_to
    group by 1, 2, 3, 4, 5, 6
$$;
