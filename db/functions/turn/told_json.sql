-- A message as a turn reads it; as text, because nothing looks into it here and it is written faster.
create or replace function told_json(m messages) returns json language sql stable as $$
  select case when m.direction = 'in' and (m.quote_wa_message_id is not null or m.type = 'reaction')
    then (message_json(m) || quoted_json(m))::json
    else json_build_object('id', m.id, 'direction', m.direction, 'waMessageId', m.wa_message_id, 'type', m.type,
      'text', m.text, 'content', m.content, 'about', m.about, 'reading', m.reading, 'opt', m.opt, 'quoted', null,
      'timestampMs', (date_part('epoch', m.sent_at) * 1000)::bigint) end
$$;
