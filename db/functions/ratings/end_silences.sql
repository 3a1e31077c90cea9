-- Asks for a rating where a conversation with the bot has been silent for as long as its company has set, and Meta's window is still open.
-- Returns the conversations with a question to send. Locks conversations, without waiting for any.
create or replace function end_silences(p_limit integer, p_questions jsonb) returns jsonb language plpgsql as $$
declare
  v_conversation conversations;
  v_ids jsonb := '[]';
begin
  for v_conversation in
    select c.* from conversations c join tenants t on t.id = c.tenant_id
      -- The window ends a day after the customer's last message.
      where c.rated_seq < c.received_seq and c.window_ends_at > clock_timestamp() + interval '2 minutes'
        and c.window_ends_at <= clock_timestamp() + interval '24 hours'
              - make_interval(mins => (tenant_setting(t.settings, 'csat', 'silentAfterMin'))::integer)
        and c.status = 'bot' and c.closed_at is null and c.received_seq <= c.answered_seq and not is_leased(c)
        and c.last_at <= clock_timestamp() - make_interval(mins => (tenant_setting(t.settings, 'csat', 'silentAfterMin'))::integer)
        and not exists (select from handoffs h where h.conversation_id = c.id and h.handed_back_at is null)
      order by c.window_ends_at limit p_limit for update of c skip locked
  loop
    v_conversation := request_rating(v_conversation, 'silent', p_questions);
    if v_conversation.received_seq > v_conversation.answered_seq then v_ids := v_ids || to_jsonb(v_conversation.id); end if;
    perform save_conversation(v_conversation);
  end loop;
  return v_ids;
end $$;
