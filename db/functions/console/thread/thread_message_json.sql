-- Returns a message as the thread shows it (StoredThreadMessage): `content` is still Meta's, or our own before it was sent.
create or replace function thread_message_json(p_message messages) returns jsonb language sql stable as $$
  select jsonb_build_object('id', p_message.id, 'waMessageId', p_message.wa_message_id, 'direction', p_message.direction,
    'author', p_message.author, 'text', p_message.text, 'type', p_message.type, 'content', p_message.content,
    'reading', p_message.reading, 'at', epoch_ms(p_message.created_at), 'quoteWaMessageId', p_message.quote_wa_message_id,
    'status', case when p_message.direction = 'out' then
      case p_message.state when 'draft' then 'pending' when 'ambiguous' then 'pending' when 'played' then 'read' else p_message.state end end,
    'metaCodes', p_message.meta_codes, 'turnId', p_message.turn_id,
    'operator', operator_json(p_message.operator_id),
    -- Nobody knows whether it arrived.
    'unconfirmed', p_message.state = 'ambiguous',
    -- Meta's copy of what was sent elsewhere: we never sent it.
    'fromPhoneApp', p_message.author = 'operator' and p_message.operator_id is null and p_message.sends = 0)
$$;
