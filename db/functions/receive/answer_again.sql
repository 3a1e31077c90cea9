-- Makes a message that was edited or deleted before its answer the newest unread one: a reply that is being composed is overtaken, and
-- composed anew from what is left. Changes the conversation in memory: the caller has locked and saves it. Locks the message.
create or replace function answer_again(p_conversation conversations, p_content jsonb) returns conversations language plpgsql as $$
begin
  update messages set seq = p_conversation.received_seq + 1
    where wa_message_id = p_content ->> 'original_message_id' and conversation_id = p_conversation.id and direction = 'in'
      and seq > p_conversation.answered_seq and turn_id is null;
  if not found then return p_conversation; end if;
  return add_unread(p_conversation, 1, clock_timestamp());
end $$;
