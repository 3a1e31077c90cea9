-- Counts a second send of messages that no status report has confirmed, before it is made. Returns that the lease is lost, that nothing
-- may be sent any more, or which messages are still unconfirmed. Locks the conversation first, then the messages; counters come last.
create or replace function begin_resend(p_conversation_id uuid, p_epoch bigint, p_ids jsonb, p_lease_ms integer) returns jsonb
language plpgsql as $$
declare
  v_conversation conversations;
  -- Only those of this conversation.
  v_ids uuid[] := array(select id from messages where conversation_id = p_conversation_id and direction = 'out'
                          and id in (select jsonb_array_elements_text(p_ids)::uuid));
  v_unconfirmed jsonb;
  v_counters text[];
  v_resent text[];
  v_wait_ms integer;
begin
  select * into v_conversation from conversations where id = p_conversation_id and epoch = p_epoch for update;
  if v_conversation.id is null then
    return jsonb_build_object('leaseHeld', false, 'maySend', false, 'unconfirmed', '[]'::jsonb, 'waitMs', 0);
  end if;
  v_counters := count_ambiguous_sends(v_ids);
  if not (select coalesce(bool_and(may_send(v_conversation, t.id, t.through_seq)), true) from turns t
            where id = (select turn_id from messages where id = v_ids[1])) then
    -- The holder withholds them when it finishes; if this response is lost, nothing has changed.
    perform reserve_sends(v_conversation, p_lease_ms, 0);
    perform raise_counters(v_conversation.tenant_id, v_counters);
    return jsonb_build_object('leaseHeld', true, 'maySend', false, 'unconfirmed', '[]'::jsonb, 'waitMs', 0);
  end if;
  with resent as (
    update messages set sends = sends + 1, updated_at = clock_timestamp()
      where id = any (v_ids) and state in ('draft', 'ambiguous') returning id, sends)
  select coalesce(jsonb_agg(id), '[]'), array_agg('resent'::text) filter (where sends > 1) into v_unconfirmed, v_resent from resent;
  v_wait_ms := reserve_sends(v_conversation, p_lease_ms, jsonb_array_length(v_unconfirmed));
  perform raise_counters(v_conversation.tenant_id, v_counters || v_resent);
  return jsonb_build_object('leaseHeld', true, 'maySend', true, 'unconfirmed', v_unconfirmed, 'waitMs', v_wait_ms);
end $$;
