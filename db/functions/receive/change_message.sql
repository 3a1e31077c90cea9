-- Applies a customer's edit or deletion (`revoke`) to the message that it names: the bot and operators see only what is left, so what models
-- were sent from then on goes too. The caller has locked the conversation; this locks exchanges of later turns, then the message.
create or replace function change_message(p_conversation_id uuid, p_type text, p_content jsonb) returns void language sql as $$
  delete from exchanges where turn_id in (
    select t.id from messages m join turns t on t.conversation_id = m.conversation_id and t.started_at >= m.created_at - interval '1 second'
      where m.wa_message_id = p_content ->> 'original_message_id' and m.conversation_id = p_conversation_id and m.direction = 'in');
  update messages set
      text = case p_type when 'edit' then coalesce(p_content -> 'message' -> 'text' ->> 'body',
        p_content -> 'message' -> 'image' ->> 'caption', p_content -> 'message' -> 'video' ->> 'caption', text) end,
      content = case p_type when 'edit' then content end,
      reading = case p_type when 'edit' then reading end,
      state = case when p_type = 'revoke' and state <> 'rate_limited' then 'revoked' else state end,
      updated_at = clock_timestamp()
    where wa_message_id = p_content ->> 'original_message_id' and conversation_id = p_conversation_id and direction = 'in'
$$;
