-- Stores what an operator wrote in the WhatsApp Business app and pauses the bot in that conversation; an operator of the console who has
-- it keeps it, without an end. Nobody is notified of the handoff: the operator is already there. The caller has locked the conversation.
create or replace function receive_operator_echo(p_conversation conversations, p_echo jsonb, p_at timestamptz, p_human_pause_s integer) returns void
language plpgsql as $$
begin
  insert into messages (tenant_id, conversation_id, direction, author, state, wa_message_id, type, text, content, sent_at)
    values (p_conversation.tenant_id, p_conversation.id, 'out', 'operator', 'sent', p_echo ->> 'waMessageId', p_echo ->> 'type',
            p_echo ->> 'text', p_echo -> 'content', p_at)
    on conflict (tenant_id, wa_message_id) do nothing;
  if not found then return; end if;
  perform open_handoff(p_conversation, null, 'answered_from_phone', 'A person answers from the WhatsApp Business app.');
  perform mark_taken(p_conversation.id);
  p_conversation := open_again(note_activity(p_conversation, clock_timestamp()));
  perform save_conversation(assign_conversation(p_conversation, 'human',
    case when p_conversation.assignee_id is null then p_at + make_interval(secs => p_human_pause_s) end));
end $$;
