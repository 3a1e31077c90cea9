-- Puts the open handoff of a conversation back among those that wait: nobody has it, and the wait for somebody begins anew. The caller
-- has locked the conversation; this locks the handoff.
create or replace function put_back_in_queue(p_conversation_id uuid) returns void language plpgsql as $$
begin
  update handoffs set taken_at = null, taken_by = null, told_at = null,
      due_at = greatest(due_at, clock_timestamp() + interval '30 minutes')
    where conversation_id = p_conversation_id and handed_back_at is null;
end $$;
