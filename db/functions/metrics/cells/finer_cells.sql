-- Returns what slots of this width are counted from: minutes from rows, days from hours, hours from minutes while those are kept and later from rows
-- and what leaves none. Branches, so that only what runs is planned. Locks nothing.
create or replace function finer_cells(p_grain text, p_from timestamptz, p_to timestamptz, p_now timestamptz)
returns table (o_tenant_id uuid, o_source text, o_at timestamptz, o_metric text, o_labels jsonb, o_bucket smallint, o_n bigint) language plpgsql stable as $$
declare
  v_from_rows boolean := p_grain = 'minute' or p_grain = 'hour' and p_to <= minutes_kept_from(p_now);
begin
  if v_from_rows then return query select * from counted_rows(p_from, p_to, p_now); end if;
  if p_grain = 'minute' then return; end if;
  return query
    select c.tenant_id, c.source, c.at, c.metric, c.labels, u.bucket, u.n
      from metric_counters c, unnest(c.buckets, c.counts) u (bucket, n)
      where c.grain = case p_grain when 'hour' then 'minute' else 'hour' end and c.at >= p_from and c.at < p_to
        and not (v_from_rows and c.source = any (array['turns', 'messages', 'handoffs', 'ratings', 'conversations']));
end $$;
