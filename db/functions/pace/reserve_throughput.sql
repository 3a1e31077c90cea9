-- The same for a number's throughput: one share for all that a statement books.
create or replace function reserve_throughput(p_tenant uuid, p_throughput integer, p_messages bigint) returns timestamptz language plpgsql as $$
declare
  shares integer := greatest(1, p_throughput / 40);
  -- A quarter of a second may come at once: so spaced, no second holds more than may go in it.
  each interval := interval '1.25 seconds' * shares / p_throughput;
  free timestamptz;
begin
  insert into number_pace as n (tenant_id, share, free_at)
    values (p_tenant, (txid_current() % shares)::integer, clock_timestamp() + p_messages * each)
    on conflict (tenant_id, share) do update set free_at = greatest(n.free_at, clock_timestamp()) + p_messages * each
    returning free_at into free;
  return free - p_messages * each - interval '250 milliseconds';
end $$;
