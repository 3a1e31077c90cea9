-- Records that an operator has the open handoff of a conversation: nobody is told any more that nobody came. The caller has locked the
-- conversation.
create or replace function mark_taken(p_conversation_id uuid) returns void language plpgsql as $$
begin
  update handoffs set taken_at = coalesce(taken_at, clock_timestamp()), notified_at = coalesce(notified_at, clock_timestamp())
    where conversation_id = p_conversation_id and handed_back_at is null;
end $$;
