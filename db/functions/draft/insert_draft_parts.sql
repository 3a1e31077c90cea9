-- Writes the parts of a draft as messages, in a state that says whether they are going to be sent. The caller has locked the conversation.
create or replace function insert_draft_parts(p_conversation conversations, p_turn_id uuid, p_state text, p_parts jsonb) returns void language plpgsql as $$
declare
  v_sent_at timestamptz := next_sent_at(p_conversation.id);
begin
  insert into messages (id, tenant_id, conversation_id, direction, author, state, type, text, content, quote_wa_message_id,
                        turn_id, sends, sent_at)
    select (x ->> 'id')::uuid, p_conversation.tenant_id, p_conversation.id, 'out', 'bot', p_state,
           x -> 'message' ->> 'kind', x ->> 'text', case when x -> 'message' ->> 'kind' <> 'text' then x -> 'message' end,
           x ->> 'quoteWaMessageId', p_turn_id, case when p_state = 'draft' then 1 else 0 end,
           v_sent_at + position * interval '1 millisecond'
      from jsonb_array_elements(p_parts) with ordinality as i(x, position);
end $$;
