-- Returns what is counted of the rows of a span of whole minutes, by minute. Locks nothing.
create or replace function counted_rows(p_from timestamptz, p_to timestamptz, p_now timestamptz)
returns table (o_tenant_id uuid, o_source text, o_at timestamptz, o_metric text, o_labels jsonb, o_bucket smallint, o_n bigint) language sql stable as $$
  select o_tenant_id, 'turns', o_at, o_metric, o_labels, o_bucket, o_n from turn_cells(p_from, p_to)
  union all
  select o_tenant_id, 'messages', o_at, o_metric, o_labels, o_bucket, o_n from message_cells(p_from, p_to)
  union all
  select o_tenant_id, 'messages', o_at, o_metric, o_labels, o_bucket, o_n from answered_cells(p_from, p_to, p_now)
  union all
  select o_tenant_id, o_source, o_at, o_metric, o_labels, o_bucket, o_n from handoff_cells(p_from, p_to)
  union all
  -- Whether a conversation has ended is known after a day.
  select o_tenant_id, 'conversations', o_at, o_metric, o_labels, o_bucket, o_n
    from conversation_cells(p_from, least(p_to, date_trunc('minute', p_now - interval '1 day', 'UTC')))
$$;
