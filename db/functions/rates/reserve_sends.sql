-- Extends the lease for sending, reserves the messages at Meta's two rates and saves the conversation; returns how many milliseconds
-- the first must wait. Reserves nothing when the pair rate asks for more than 8 seconds: the reply is then deferred. The caller has
-- locked the conversation; this locks a share of the number's throughput.
create or replace function reserve_sends(p_conversation conversations, p_lease_ms integer, p_messages integer) returns integer language plpgsql as $$
declare
  v_wait interval := pair_wait(p_conversation.pair_free_at);
  v_reserved boolean := p_messages > 0 and v_wait <= interval '8 seconds';
  v_throughput integer;
begin
  p_conversation := change_lease(p_conversation, 'extend', p_lease_ms);
  if v_reserved then p_conversation := reserve_pair_rate(p_conversation, p_messages, clock_timestamp()); end if;
  perform save_conversation(p_conversation);
  if v_reserved then
    select throughput into v_throughput from tenants where id = p_conversation.tenant_id;
    if v_throughput is not null then
      v_wait := greatest(v_wait, reserve_throughput(p_conversation.tenant_id, v_throughput, p_messages) - clock_timestamp());
    end if;
  end if;
  return case when p_messages = 0 then 0 else ceil(extract(epoch from v_wait) * 1000) end;
end $$;
