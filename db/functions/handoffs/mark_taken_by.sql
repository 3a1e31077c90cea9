-- Records that an operator of the console has the open handoff of a conversation. The caller has locked the conversation; this locks
-- the handoff.
create or replace function mark_taken_by(p_conversation_id uuid, p_operator_id uuid) returns void language plpgsql as $$
begin
  perform mark_taken(p_conversation_id);
  update handoffs set taken_by = p_operator_id where conversation_id = p_conversation_id and handed_back_at is null;
end $$;
