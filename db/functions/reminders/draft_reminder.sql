-- Writes a turn whose reply is a reminder and has only to be sent. Changes the conversation in memory: the caller has locked it and the
-- reminder, and saves it.
create or replace function draft_reminder(p_conversation conversations, p_reminder reminders, p_settle jsonb) returns conversations
language plpgsql as $$
declare
  v_turn_id uuid := gen_random_uuid();
begin
  insert into turns (id, tenant_id, conversation_id, epoch, through_seq, state, rung)
    values (v_turn_id, p_conversation.tenant_id, p_conversation.id, p_conversation.epoch, p_conversation.received_seq + 1, 'drafted', 'reminder');
  insert into messages (tenant_id, conversation_id, direction, author, state, type, text, content, turn_id, sent_at)
    values (p_conversation.tenant_id, p_conversation.id, 'out', 'bot', 'draft', 'template', p_settle ->> 'text', p_settle -> 'message',
            v_turn_id, next_sent_at(p_conversation.id) + interval '1 millisecond');
  update reminders set state = 'written', reason = null, turn_id = v_turn_id where id = p_reminder.id;
  return add_unread(p_conversation, 1, clock_timestamp());
end $$;
