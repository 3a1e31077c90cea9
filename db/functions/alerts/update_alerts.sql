-- Opens alerts for what was found, keeps those that were found again, and ends those that were looked for and not found for their time. An
-- alert that comes back within an hour must stay away for half an hour, so that what flaps does not ring each time. `p_checked`: beginnings
-- of the names that were looked for. Locks out other updates of the company, then its open alerts.
create or replace function update_alerts(p_tenant_id uuid, p_found jsonb, p_checked text[], p_now timestamptz) returns void language plpgsql as $$
begin
  perform pg_advisory_xact_lock(hashtext('update_alerts'), hashtext(p_tenant_id::text));
  insert into alerts as a (tenant_id, name, rule, severity, stage, facts, hold, keep, opened_at, seen_at, told_at, told_stage)
    select p_tenant_id, f.name, f.rule, f.severity, f.stage, f.facts, f."holdMs" * interval '1 millisecond',
           case when exists (select from alerts r where r.tenant_id = p_tenant_id and r.name = f.name and r.recovered_at > p_now - interval '1 hour')
                then greatest(f."keepMs", 1800000) else f."keepMs" end * interval '1 millisecond',
           coalesce(to_timestamp(f."sinceMs" / 1000), p_now), p_now, case when f.told then p_now end, case when f.told then f.stage end
      from jsonb_to_recordset(p_found)
             as f (name text, rule text, severity text, stage smallint, facts jsonb, "holdMs" float8, "keepMs" float8, "sinceMs" float8, told boolean)
    on conflict (tenant_id, name) where recovered_at is null do update
      set severity = excluded.severity, stage = excluded.stage, facts = excluded.facts, seen_at = greatest(a.seen_at, excluded.seen_at),
          told_stage = case when excluded.told_at is not null then greatest(a.told_stage, excluded.stage) else a.told_stage end;
  update alerts a set recovered_at = p_now
    where a.tenant_id = p_tenant_id and a.recovered_at is null and a.seen_at <= p_now - a.keep
      and exists (select from unnest(p_checked) c (name) where starts_with(a.name, c.name))
      and not exists (select from jsonb_array_elements(p_found) f where f ->> 'name' = a.name);
end $$;
