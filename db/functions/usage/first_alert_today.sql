-- True for the first caller on a day (UTC), so that an alert about a customer or a number is sent once. A call
-- waits for another that has not ended; it locks no existing row.
create or replace function first_alert_today(p_tenant_id uuid, p_subject uuid, p_name text) returns boolean language plpgsql as $$
begin
  insert into daily_alerts (tenant_id, day, subject, name) values (p_tenant_id, utc_today(), p_subject, p_name) on conflict do nothing;
  return found;
end $$;
