-- What came in counts as well; it cannot wait.
create or replace function count_inbound(p_messages jsonb) returns void language plpgsql as $$
declare
  item record;
begin
  for item in
    select t.id, t.throughput, count(*) from tenants t join jsonb_array_elements(p_messages) m on t.phone_number_id = m ->> 'phoneNumberId'
      where t.throughput is not null group by t.id order by t.id
  loop
    perform reserve_throughput(item.id, item.throughput, item.count);
  end loop;
end $$;
