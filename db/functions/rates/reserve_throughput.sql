-- Reserves messages at a number's throughput; returns when the first may be sent. Locks one share of the number.
create or replace function reserve_throughput(p_tenant_id uuid, p_throughput integer, p_messages bigint) returns timestamptz language plpgsql as $$
declare
  v_shares integer := greatest(1, p_throughput / 40);
  -- A quarter of a second may be sent at once: with this spacing no second holds more than Meta allows.
  v_spacing interval := interval '1.25 seconds' * v_shares / p_throughput;
  v_free_at timestamptz;
begin
  insert into throughput_shares as t (tenant_id, share, free_at)
    values (p_tenant_id, (txid_current() % v_shares)::integer, clock_timestamp() + p_messages * v_spacing)
    on conflict (tenant_id, share) do update set free_at = greatest(t.free_at, clock_timestamp()) + p_messages * v_spacing
    returning free_at into v_free_at;
  return v_free_at - p_messages * v_spacing - interval '250 milliseconds';
end $$;
