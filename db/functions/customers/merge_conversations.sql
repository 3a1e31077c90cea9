-- Moves everything of one conversation into another; returns the other as it is then, for the caller to save. The caller has locked
-- both; this locks messages, turns, handoffs and what operators keep. Unread messages get new numbers after those of the kept conversation.
create or replace function merge_conversations(p_kept conversations, p_joined conversations) returns conversations language plpgsql as $$
declare
  v_unread integer;
  -- Whoever has one of them has the other too: nobody is told any more that nobody came.
  v_taken boolean := exists (
    select from handoffs where conversation_id in (p_kept.id, p_joined.id) and handed_back_at is null and taken_at is not null);
begin
  update messages set seq = null where conversation_id = p_joined.id and seq <= p_joined.answered_seq;
  update messages m set seq = p_kept.received_seq + n.place
    from (select id, row_number() over (order by seq) as place from messages where conversation_id = p_joined.id and seq is not null) n
    where m.id = n.id;
  get diagnostics v_unread = row_count;
  update messages set conversation_id = p_kept.id where conversation_id = p_joined.id;
  update turns set conversation_id = p_kept.id where conversation_id = p_joined.id;
  if exists (select from handoffs where conversation_id = p_kept.id and handed_back_at is null) then
    perform close_handoff(p_joined.id);
  end if;
  update handoffs set conversation_id = p_kept.id where conversation_id = p_joined.id;
  if v_taken then perform mark_taken(p_kept.id); end if;

  p_kept := merge_console_records(p_kept, p_joined);
  p_kept := add_unread(p_kept, v_unread, p_joined.unread_since);
  p_kept := assign_conversation(p_kept, case when p_joined.status = 'human' then 'human' else p_kept.status end, p_joined.bot_resumes_at);
  p_kept := note_activity(p_kept, p_joined.last_at);
  p_kept := extend_window(p_kept, p_joined.window_ends_at);
  p_kept := postpone_limit_notice(p_kept, p_joined.next_limit_notice_at);
  return reserve_pair_rate(p_kept, 0, p_joined.pair_free_at);
end $$;
