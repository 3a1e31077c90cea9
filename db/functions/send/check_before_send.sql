-- Checks once more before a part is sent whether it may be sent, and whether the part before it has reached the phone. Locks nothing.
create or replace function check_before_send(p_input jsonb) returns json language plpgsql as $$
declare
  v_conversation conversations;
begin
  select * into v_conversation from conversations where id = (p_input ->> 'conversationId')::uuid and epoch = (p_input ->> 'epoch')::bigint;
  return json_build_object(
    'maySend', v_conversation.id is not null
               and may_send(v_conversation, (p_input ->> 'turnId')::uuid, (p_input ->> 'throughSeq')::bigint),
    'reached', coalesce((select delivery_rank(state) >= 2 from messages
                           where id = (p_input ->> 'previousId')::uuid and conversation_id = v_conversation.id), true));
end $$;
