-- Writes the parts of a draft as messages, in a state that says whether they are going to be sent. Times of one conversation only grow,
-- whatever the clocks of the two sides say. The caller has locked the conversation.
create or replace function insert_draft_parts(p_conversation conversations, p_turn_id uuid, p_state text, p_parts jsonb) returns void language plpgsql as $$
begin
  insert into messages (id, tenant_id, conversation_id, direction, author, state, type, text, content, quote_wa_message_id,
                        turn_id, sends, sent_at)
    select (x ->> 'id')::uuid, p_conversation.tenant_id, p_conversation.id, 'out', 'bot', p_state,
           x -> 'message' ->> 'kind', x ->> 'text', case when x -> 'message' ->> 'kind' <> 'text' then x -> 'message' end,
           x ->> 'quoteWaMessageId', p_turn_id, case when p_state = 'draft' then 1 else 0 end,
           greatest(clock_timestamp(), (select max(sent_at) from (
               select sent_at from messages where conversation_id = p_conversation.id order by created_at desc, id desc limit 20) newest))
             + position * interval '1 millisecond'
      from jsonb_array_elements(p_parts) with ordinality as i(x, position);
end $$;
