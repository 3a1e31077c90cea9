-- Stores events of the account, its numbers and templates, each once; returns the new ones that need a look. Locks no existing
-- row.
create or replace function receive_account_events(p_events jsonb) returns jsonb language plpgsql as $$
declare
  v_alerts jsonb;
begin
  with stored as (
    insert into account_events (tenant_id, account_id, field, event, severity, detail, happened_at, fingerprint)
      select t.id, x ->> 'accountId', x ->> 'field', x ->> 'event', x ->> 'severity', x -> 'detail',
             to_timestamp((x ->> 'timestampMs')::bigint / 1000.0),
             concat(case when x ->> 'givenTimeMs' is null then current_date end, md5((x - 'timestampMs')::text))
        from jsonb_array_elements(p_events) x left join tenants t on t.phone_number_id = x ->> 'phoneNumberId'
      on conflict (fingerprint) do nothing returning tenant_id, field, event, severity)
  select coalesce(jsonb_agg(jsonb_build_object('tenantId', tenant_id, 'field', field, 'event', event, 'severity', severity)), '[]') into v_alerts
    from stored where severity <> 'info';
  return v_alerts;
end $$;
