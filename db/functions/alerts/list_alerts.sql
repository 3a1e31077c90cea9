-- Returns a company's open alerts, those that ended in the last 28 days, newest first, and when the checks ran last. Locks nothing.
create or replace function list_alerts(p_tenant_id uuid, p_now timestamptz) returns jsonb language sql stable as $$
  with listed as (
    select id, name, rule, severity, stage, facts, epoch_ms(opened_at) as "openedMs", epoch_ms(seen_at) as "seenMs",
           epoch_ms(told_at) as "toldMs", epoch_ms(recovered_at) as "recoveredMs"
      from alerts where tenant_id = p_tenant_id and (recovered_at is null or recovered_at > p_now - interval '28 days')
      order by recovered_at desc nulls first, opened_at desc limit 200)
  select jsonb_build_object(
    'open', (select coalesce(jsonb_agg(to_jsonb(l) order by l.severity, l."openedMs" desc), '[]') from listed l where l."recoveredMs" is null),
    'recovered', (select coalesce(jsonb_agg(to_jsonb(l) order by l."recoveredMs" desc), '[]') from listed l where l."recoveredMs" is not null),
    'ranMs', (select epoch_ms(max(ran_at)) from alert_runs where tenant_id = p_tenant_id))
$$;
