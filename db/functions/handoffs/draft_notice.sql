-- Writes a turn whose reply is a notice about a handoff (HandoffNotice) and has only to be sent, and lets the bot go on. Changes the
-- conversation in memory: the caller has locked and saves it.
create or replace function draft_notice(p_conversation conversations, p_notice jsonb) returns conversations language plpgsql as $$
declare
  v_turn_id uuid := gen_random_uuid();
begin
  insert into turns (id, tenant_id, conversation_id, epoch, through_seq, state, rung)
    values (v_turn_id, p_conversation.tenant_id, p_conversation.id, p_conversation.epoch, p_conversation.received_seq + 1, 'drafted', 'notice');
  insert into messages (tenant_id, conversation_id, direction, author, state, type, text, content, turn_id, sent_at)
    values (p_conversation.tenant_id, p_conversation.id, 'out', 'bot', 'draft', p_notice -> 'message' ->> 'kind', p_notice ->> 'text',
            case when p_notice -> 'message' ->> 'kind' <> 'text' then p_notice -> 'message' end, v_turn_id, clock_timestamp());
  return add_unread(assign_conversation(p_conversation, 'bot'), 1, clock_timestamp());
end $$;
