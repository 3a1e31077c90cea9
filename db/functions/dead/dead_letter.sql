-- One dead turn with the words of both sides; null when there is none of that id.
create or replace function dead_letter(p_turn uuid) returns jsonb language sql stable as $$
  select dead_letter_json(t) || jsonb_build_object(
      'customer', jsonb_build_object('name', u.name, 'phone', u.phone, 'waUserId', u.wa_user_id),
      'asked', (select coalesce(jsonb_agg(message_json(m) order by m.sent_at, m.seq), '[]')
                  from messages m where turn_id = t.id and direction = 'in'),
      'said', (select coalesce(jsonb_agg(jsonb_build_object('text', text, 'state', state, 'sends', sends,
                                                            'errorCodes', error_codes) order by sent_at), '[]')
                 from messages where turn_id = t.id and direction = 'out'))
    from turns t join conversations c on c.id = t.conversation_id join users u on u.id = c.user_id
    where t.id = p_turn and t.state = 'dead'
$$;
