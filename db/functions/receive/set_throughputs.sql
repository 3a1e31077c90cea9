-- Stores the throughput of numbers for which it is configured. Locks the tenants whose throughput changed.
create or replace function set_throughputs(p_throughputs jsonb) returns void language plpgsql as $$
begin
  update tenants t set throughput = s.value::integer from jsonb_each_text(p_throughputs) s
    where t.phone_number_id = s.key and t.throughput is distinct from s.value::integer;
end $$;
