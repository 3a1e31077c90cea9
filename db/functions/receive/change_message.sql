-- Applies a customer's edit or deletion (`revoke`) to the message that it names: the bot and operators see only what is left.
-- The caller has locked the conversation; this locks the message.
create or replace function change_message(p_conversation_id uuid, p_type text, p_content jsonb) returns void language sql as $$
  update messages set
      text = case p_type when 'edit' then coalesce(p_content -> 'message' -> 'text' ->> 'body',
        p_content -> 'message' -> 'image' ->> 'caption', p_content -> 'message' -> 'video' ->> 'caption', text) end,
      content = case p_type when 'edit' then content end,
      reading = case p_type when 'edit' then reading end,
      state = case when p_type = 'revoke' and state <> 'rate_limited' then 'revoked' else state end,
      updated_at = clock_timestamp()
    where wa_message_id = p_content ->> 'original_message_id' and conversation_id = p_conversation_id and direction = 'in'
$$;
