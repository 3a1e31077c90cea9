-- Returns the text of the message that a customer's message quotes or reacts to, if it belongs to the same conversation.
create or replace function quoted_json(p_message messages) returns jsonb language sql stable as $$
  select coalesce((
    select jsonb_build_object('quoted', left(coalesce(text, reading), 200)) from messages
      where wa_message_id = coalesce(p_message.quote_wa_message_id, p_message.content ->> 'message_id')
        and conversation_id = p_message.conversation_id), '{}')
$$;
