-- Replaces a part that Meta refused by a plainer form, before that is sent (PartForm and Redrafted). Its sends stay: the refused one does
-- not count, the coming one does. Locks the conversation first, then the message.
create or replace function redraft_part(p_part jsonb) returns jsonb language plpgsql as $$
declare
  v_conversation conversations;
  v_message jsonb := p_part -> 'message';
  v_may_send boolean;
  v_redrafted boolean;
begin
  select * into v_conversation from conversations
    where id = (p_part ->> 'conversationId')::uuid and epoch = (p_part ->> 'epoch')::bigint for update;
  if v_conversation.id is null then return jsonb_build_object('leaseHeld', false, 'maySend', false, 'redrafted', false); end if;
  v_may_send := may_send(v_conversation, (p_part ->> 'turnId')::uuid, (p_part ->> 'throughSeq')::bigint);
  update messages set type = v_message ->> 'kind', text = p_part ->> 'text', quote_wa_message_id = p_part ->> 'quoteWaMessageId',
      content = case when v_message ->> 'kind' <> 'text' then v_message end, updated_at = clock_timestamp()
    where v_may_send and id = (p_part ->> 'id')::uuid and conversation_id = v_conversation.id and direction = 'out'
      and state in ('draft', 'ambiguous');
  v_redrafted := found;
  perform reserve_sends(v_conversation, (p_part ->> 'leaseMs')::integer, 0);
  return jsonb_build_object('leaseHeld', true, 'maySend', v_may_send, 'redrafted', v_redrafted);
end $$;
