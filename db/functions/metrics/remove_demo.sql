-- Deletes the customers of a company's demonstration, its alerts and what was counted of its days, which are counted anew from what is left;
-- returns how many customers. Locks out the roll-up first, then conversations and customers as `delete_customers` does, then counters, alerts and passes.
create or replace function remove_demo(p_tenant_id uuid) returns integer language plpgsql as $$
declare
  v_ids uuid[];
  v_since timestamptz;
  v_removed integer;
begin
  perform pg_advisory_xact_lock(hashtext('roll_up'));
  v_ids := array(select id from customers where tenant_id = p_tenant_id and demo order by id);
  if v_ids = '{}' then return 0; end if;
  select date_trunc('day', min(m.created_at), 'UTC') into v_since
    from messages m join conversations c on c.id = m.conversation_id where c.customer_id = any (v_ids);
  v_removed := delete_customers(v_ids);
  delete from metric_counters where tenant_id = p_tenant_id and at >= v_since and source not in ('health', 'anomalies');
  delete from alerts where tenant_id = p_tenant_id and name like '%:demo';
  perform begin_rebuild(v_since, clock_timestamp());
  return v_removed;
end $$;
