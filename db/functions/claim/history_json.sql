-- Returns the last messages of both sides before the unread ones, oldest first.
create or replace function history_json(p_conversation conversations) returns json language plpgsql as $$
begin
  return coalesce((
    -- Meta's times are whole seconds: within one, the order of arrival counts.
    select json_agg(transcript_json(m) order by date_trunc('second', m.sent_at), m.created_at) from (
      select * from messages
        where conversation_id = p_conversation.id
          -- Phone numbers change hands: older messages may be of another customer.
          and created_at > clock_timestamp() - interval '45 days'
          and state not in ('draft', 'ambiguous', 'withheld', 'failed', 'rate_limited', 'group', 'revoked')
          and not (direction = 'in' and seq is not null and seq > p_conversation.answered_seq)
        order by sent_at desc limit 10) m), '[]');
end $$;
