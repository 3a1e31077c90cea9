-- The words that a customer's message answers or reacts to, if they were said in the same conversation.
create or replace function quoted_json(m messages) returns jsonb language sql stable as $$
  select coalesce((select jsonb_build_object('quoted', left(coalesce(q.text, q.reading), 200)) from messages q
    where q.wa_message_id = coalesce(m.quote_wa_message_id, m.content ->> 'message_id') and q.conversation_id = m.conversation_id), '{}')
$$;
