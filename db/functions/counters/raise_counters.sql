-- Raises counters of a tenant, each by how often it is named. Locks one share of each in the order of their names. Called last in a
-- transaction, so that its holder waits for nothing else.
create or replace function raise_counters(p_tenant_id uuid, p_names text[]) returns void language plpgsql as $$
begin
  if p_names <> '{}' then
    insert into counters as c (tenant_id, name, share, value)
      select p_tenant_id, name, txid_current() % 64, count(*) from unnest(p_names) name group by name order by name
      on conflict (tenant_id, day, name, share) do update set value = c.value + excluded.value;
  end if;
end $$;
