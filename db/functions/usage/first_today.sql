-- True for the first who asks on a day.
create or replace function first_today(p_tenant uuid, p_subject uuid, p_name text) returns boolean language plpgsql as $$
begin
  insert into daily_notices (tenant_id, day, subject, name) values (p_tenant, utc_today(), p_subject, p_name) on conflict do nothing;
  return found;
end $$;
