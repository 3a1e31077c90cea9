-- Counts the sends of an unsettled draft again, before it is sent again. False when the lease is lost, or when a
-- status report has settled every part meanwhile.
create or replace function begin_resend(p_conversation uuid, p_epoch bigint, p_ids jsonb, p_lease_ms integer) returns jsonb
language plpgsql as $$
declare
  talk conversations;
  -- Of this conversation alone, whoever else's are named.
  v_ids uuid[] := array(select id from messages where conversation_id = p_conversation and direction = 'out'
                          and id in (select jsonb_array_elements_text(p_ids)::uuid));
  unsettled jsonb;
  happened text[];
  repeated text[];
  v_wait integer;
begin
  select * into talk from conversations where id = p_conversation and epoch = p_epoch for update;
  if talk.id is null then return jsonb_build_object('held', false, 'maySend', false, 'unsettled', '[]'::jsonb, 'waitMs', 0); end if;
  happened := unanswered_sends(v_ids);
  if not (select coalesce(bool_and(may_speak(talk, t.id, t.through_seq)), true) from turns t
            where id = (select turn_id from messages where id = v_ids[1])) then
    -- The holder withholds them with its last word: should it not hear this, they are as they were.
    perform hold_and_reserve(talk, p_lease_ms, 0);
    perform raise_counters(talk.tenant_id, happened);
    return jsonb_build_object('held', true, 'maySend', false, 'unsettled', '[]'::jsonb, 'waitMs', 0);
  end if;
  with resent as (
    update messages set sends = sends + 1, updated_at = clock_timestamp()
      where id = any (v_ids) and state in ('draft', 'ambiguous') returning id, sends)
  select coalesce(jsonb_agg(id), '[]'), array_agg('resent'::text) filter (where sends > 1) into unsettled, repeated from resent;
  v_wait := hold_and_reserve(talk, p_lease_ms, jsonb_array_length(unsettled));
  perform raise_counters(talk.tenant_id, happened || repeated);
  return jsonb_build_object('held', true, 'maySend', true, 'unsettled', unsettled, 'waitMs', v_wait);
end $$;
