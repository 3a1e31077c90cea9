-- Extends the lease, writes the conversation's row as `talk` says, and books the messages at Meta's two rates; returns how many
-- milliseconds the first must wait. Books nothing for a wait of over 8 seconds: the holder then comes back for it.
create or replace function hold_and_reserve(talk conversations, p_lease_ms integer, p_messages integer) returns integer language plpgsql as $$
declare
  pair interval := pair_wait(talk.pair_free_at);
  booked boolean := p_messages > 0 and pair <= interval '8 seconds';
  v_throughput integer;
begin
  update conversations c set
      status = talk.status,
      usage_day = talk.usage_day, usage_turns = talk.usage_turns, usage_sound_s = talk.usage_sound_s,
      repeat_key = talk.repeat_key, repeat_count = talk.repeat_count,
      lease_expires_at = clock_timestamp() + p_lease_ms * interval '1 millisecond',
      pair_free_at = case when booked then greatest(pair_free_at, clock_timestamp()) + p_messages * interval '6 seconds' else pair_free_at end
    where id = talk.id
    returning (select throughput from tenants t where t.id = c.tenant_id) into v_throughput;
  if booked and v_throughput is not null then
    pair := greatest(pair, reserve_throughput(talk.tenant_id, v_throughput, p_messages) - clock_timestamp());
  end if;
  return case when p_messages = 0 then 0 else ceil(extract(epoch from pair) * 1000) end;
end $$;
