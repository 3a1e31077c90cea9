-- Closes the open handoff of a conversation, if there is one. The caller has locked the conversation.
create or replace function close_handoff(p_conversation_id uuid) returns void language plpgsql as $$
begin
  update handoffs set handed_back_at = clock_timestamp() where conversation_id = p_conversation_id and handed_back_at is null;
end $$;
