-- Ends waits that have lasted long enough without an operator: drafts the notice, if it may still be sent, and lets the bot go on while the
-- handoff stays open. Returns the conversations with a notice to send. Locks conversations, without waiting for any, then their handoffs.
create or replace function end_waits(p_limit integer) returns jsonb language plpgsql as $$
declare
  v_wait record;
  v_conversation conversations;
  v_notices jsonb;
  v_ids jsonb := '[]';
begin
  for v_wait in
    select c as conversation, h.id as handoff_id,
           has_opted_out(c.customer_id) as opted_out
      from handoffs h join conversations c on c.id = h.conversation_id
      where h.handed_back_at is null and h.taken_at is null and h.told_at is null and h.due_at <= clock_timestamp()
        and c.status in ('human', 'bot') and c.received_seq <= c.answered_seq and not is_leased(c)
      order by h.due_at, h.id limit p_limit for update of c skip locked
  loop
    v_conversation := v_wait.conversation;
    update handoffs set told_at = clock_timestamp()
      where id = v_wait.handoff_id and handed_back_at is null and taken_at is null and told_at is null returning notices into v_notices;
    -- Ended by another call since.
    if not found then continue; end if;
    if v_notices ? 'waiting' and not v_wait.opted_out
       and coalesce(v_conversation.window_ends_at > clock_timestamp() + interval '1 minute', false) then
      v_conversation := draft_notice(v_conversation, v_notices -> 'waiting');
      v_ids := v_ids || to_jsonb(v_conversation.id);
    else
      v_conversation := assign_conversation(v_conversation, 'bot');
    end if;
    perform save_conversation(v_conversation);
  end loop;
  return v_ids;
end $$;
