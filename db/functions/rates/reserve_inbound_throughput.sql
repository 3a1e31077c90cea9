-- Counts inbound messages against their numbers' throughput, as Meta does; they do not wait. Locks shares in the order of tenants.
create or replace function reserve_inbound_throughput(p_messages jsonb) returns void language plpgsql as $$
declare
  v_tenant record;
begin
  for v_tenant in
    select t.id, t.throughput, count(*) as messages
      from tenants t join jsonb_array_elements(p_messages) m on t.phone_number_id = m ->> 'phoneNumberId'
      where t.throughput is not null group by t.id order by t.id
  loop
    perform reserve_throughput(v_tenant.id, v_tenant.throughput, v_tenant.messages);
  end loop;
end $$;
