-- Writes a turn whose reply is an operator's message and has only to be sent; it covers what the customer has said until now. Changes the
-- conversation in memory: the caller has locked and saves it.
create or replace function draft_as_operator(p_conversation conversations, p_send jsonb) returns conversations language plpgsql as $$
declare
  v_turn_id uuid := gen_random_uuid();
  v_message jsonb := p_send -> 'message';
begin
  insert into turns (id, tenant_id, conversation_id, epoch, through_seq, state, rung)
    values (v_turn_id, p_conversation.tenant_id, p_conversation.id, p_conversation.epoch, p_conversation.received_seq + 1, 'drafted', 'operator');
  insert into messages (id, tenant_id, conversation_id, direction, author, operator_id, state, type, text, content, quote_wa_message_id,
                        turn_id, sent_at)
    values ((p_send ->> 'id')::uuid, p_conversation.tenant_id, p_conversation.id, 'out', 'operator', (p_send ->> 'operatorId')::uuid, 'draft',
            v_message ->> 'kind', p_send ->> 'text', case when v_message ->> 'kind' <> 'text' then v_message end,
            p_send ->> 'quoteWaMessageId', v_turn_id,
            next_sent_at(p_conversation.id) + interval '1 millisecond');
  p_conversation := note_activity(make_way_for_operator(p_conversation), clock_timestamp());
  return add_unread(p_conversation, 1, clock_timestamp());
end $$;
