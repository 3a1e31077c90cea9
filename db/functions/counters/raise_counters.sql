-- One more for each name given. Called last in a transaction and in the order of names, so that nobody who holds a
-- counter waits for anything else.
create or replace function raise_counters(p_tenant uuid, p_names text[]) returns void language plpgsql as $$
begin
  if p_names <> '{}' then
    insert into counters as c (tenant_id, name, share, value)
      select p_tenant, name, txid_current() % 64, count(*) from unnest(p_names) name group by name order by name
      on conflict (tenant_id, day, name, share) do update set value = c.value + excluded.value;
  end if;
end $$;
