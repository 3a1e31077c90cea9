-- Returns a message as a turn reads it (StoredMessage). As json, which is faster to write than jsonb and is not read here.
create or replace function transcript_json(p_message messages) returns json language sql stable as $$
  select case when p_message.direction = 'in' and (p_message.quote_wa_message_id is not null or p_message.type = 'reaction')
    then (message_json(p_message) || quoted_json(p_message))::json
    else json_build_object('id', p_message.id, 'direction', p_message.direction, 'waMessageId', p_message.wa_message_id,
      'type', p_message.type, 'text', p_message.text, 'content', p_message.content, 'about', p_message.about,
      'reading', p_message.reading, 'opt', p_message.opt, 'quoted', null,
      'timestampMs', (date_part('epoch', p_message.sent_at) * 1000)::bigint) end
$$;
