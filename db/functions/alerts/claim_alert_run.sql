-- Returns true for one caller in each period, who then does these checks. A time that lies too far ahead, of a clock that was set back, does
-- not keep others away. Locks the row of the run.
create or replace function claim_alert_run(p_tenant_id uuid, p_name text, p_every interval, p_now timestamptz) returns boolean language plpgsql as $$
begin
  insert into alert_runs as r (tenant_id, name, ran_at) values (p_tenant_id, p_name, p_now)
    on conflict (tenant_id, name) do update set ran_at = excluded.ran_at
      where r.ran_at <= p_now - p_every or r.ran_at > p_now + p_every;
  return found;
end $$;
