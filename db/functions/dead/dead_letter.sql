-- Returns one dead letter with the messages of both sides; null when that turn is not dead. Locks nothing.
create or replace function dead_letter(p_turn_id uuid) returns jsonb language sql stable as $$
  select dead_letter_json(t) || jsonb_build_object(
      'customer', jsonb_build_object('name', u.name, 'phone', u.phone, 'waUserId', u.wa_user_id),
      'inbound', (select coalesce(jsonb_agg(message_json(m) order by m.sent_at, m.seq), '[]')
                  from messages m where turn_id = t.id and direction = 'in'),
      'outbound', (select coalesce(jsonb_agg(jsonb_build_object('text', text, 'state', state, 'sends', sends,
                                                            'metaCodes', meta_codes) order by sent_at), '[]')
                 from messages where turn_id = t.id and direction = 'out'))
    from turns t join conversations c on c.id = t.conversation_id join customers u on u.id = c.customer_id
    where t.id = p_turn_id and t.state = 'dead'
$$;
