-- Writes an operator's message down, once for each id, to be sent by whoever claims the conversation next (OperatorSend and SendOutcome).
-- A conversation that the bot or nobody has becomes the operator's. Locks the conversation first, then turns, messages and the handoff.
create or replace function send_as_operator(p_send jsonb) returns jsonb language plpgsql set lock_timeout = '2s' as $$
declare
  v_operator_id uuid := (p_send ->> 'operatorId')::uuid;
  v_conversation conversations := lock_conversation((p_send ->> 'tenantId')::uuid, (p_send ->> 'conversationId')::uuid);
  v_took boolean;
  v_message messages;
  v_refused jsonb;
begin
  if v_conversation.id is null then return jsonb_build_object('outcome', 'not_found'); end if;
  select * into v_message from messages where id = (p_send ->> 'id')::uuid;
  if v_message.id is not null then
    if v_message.conversation_id <> v_conversation.id or v_message.operator_id is distinct from v_operator_id then
      return jsonb_build_object('outcome', 'id_used');
    end if;
    return jsonb_build_object('outcome', 'stored', 'repeated', true, 'took', false, 'message', thread_message_json(v_message));
  end if;
  v_refused := refuse_to_send(v_conversation, p_send);
  if v_refused is not null then return v_refused; end if;

  v_took := v_conversation.status <> 'human' or v_conversation.assignee_id is distinct from v_operator_id;
  v_conversation := draft_as_operator(give_conversation_to(v_conversation, v_operator_id), p_send);
  perform save_conversation(v_conversation);
  select * into v_message from messages where id = (p_send ->> 'id')::uuid;
  return jsonb_build_object('outcome', 'stored', 'repeated', false, 'took', v_took, 'message', thread_message_json(v_message));
end $$;
