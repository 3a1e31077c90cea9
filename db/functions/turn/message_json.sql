-- Without a query of its own, so that PostgreSQL can put it in place wherever it is called.
create or replace function message_json(m messages) returns jsonb language sql stable as $$
  select jsonb_build_object('id', m.id, 'direction', m.direction, 'waMessageId', m.wa_message_id, 'type', m.type,
    'text', m.text, 'content', m.content, 'about', m.about, 'reading', m.reading, 'opt', m.opt, 'quoted', null,
    'timestampMs', floor(extract(epoch from m.sent_at) * 1000))
$$;
