-- Returns the last ten messages of both sides before the unread ones, oldest first. Meta's times are whole seconds and ours are not: within
-- one second, the order of arrival counts.
create or replace function history_json(p_conversation conversations) returns json language plpgsql as $$
begin
  return (
    select coalesce(json_agg(transcript_json(m) order by date_trunc('second', m.sent_at), m.created_at, m.sent_at), '[]') from (
      select * from messages
        where conversation_id = p_conversation.id
          -- Phone numbers change hands: older messages may be of another customer.
          and created_at > clock_timestamp() - interval '45 days'
          and state not in ('draft', 'ambiguous', 'withheld', 'failed', 'rate_limited', 'group', 'revoked')
          and not (direction = 'in' and seq is not null and seq > p_conversation.answered_seq)
        order by created_at desc, id desc limit 10) m);
end $$;
