-- Gives conversations back to the bot that an operator has and in which nobody has written since the horizon, so that a forgotten
-- handoff does not keep messages forever. Locks conversations, without waiting for any, then their handoffs.
create or replace function hand_back_idle(p_horizon timestamptz, p_limit integer) returns void language plpgsql as $$
declare
  v_conversation conversations;
begin
  for v_conversation in
    select c.* from handoffs h join conversations c on c.id = h.conversation_id
      where h.handed_back_at is null and h.opened_at < p_horizon
        and coalesce(c.window_ends_at, c.created_at) < p_horizon and coalesce(c.bot_resumes_at < clock_timestamp(), true)
        and c.received_seq <= c.answered_seq
        and not exists (select from messages m where m.conversation_id = c.id and m.created_at >= p_horizon)
      order by h.opened_at limit p_limit for update of c skip locked
  loop
    perform close_handoff(v_conversation.id);
    perform save_conversation(assign_conversation(v_conversation, case v_conversation.status when 'human' then 'bot' else v_conversation.status end));
  end loop;
end $$;
