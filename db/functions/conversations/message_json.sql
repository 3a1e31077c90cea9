-- Returns a message in the shape of StoredMessage. Without a subquery, so that PostgreSQL can inline it.
create or replace function message_json(p_message messages) returns jsonb language sql stable as $$
  select jsonb_build_object('id', p_message.id, 'direction', p_message.direction, 'waMessageId', p_message.wa_message_id,
    'type', p_message.type, 'text', p_message.text, 'content', p_message.content, 'about', p_message.about,
    'reading', p_message.reading, 'opt', p_message.opt, 'quoted', null,
    'timestampMs', floor(extract(epoch from p_message.sent_at) * 1000))
$$;
