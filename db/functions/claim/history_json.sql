-- Returns the last messages of both sides before the unread ones, oldest first. Meta's times are whole seconds and ours are not: within
-- one second, the order of arrival counts.
create or replace function history_json(p_conversation conversations) returns json language plpgsql as $$
declare
  v_newest json;
  v_since timestamptz;
  v_before timestamptz;
begin
  -- The index has the order of the times, but not that of their seconds: the ten newest are the last ten unless the eleventh is of the
  -- same second as the tenth.
  select json_agg(transcript_json(m) order by date_trunc('second', (m).sent_at), (m).created_at, (m).sent_at) filter (where place < 11),
      date_trunc('second', min((m).sent_at) filter (where place < 11)), date_trunc('second', min((m).sent_at) filter (where place = 11))
    into v_newest, v_since, v_before
    from (
      select m, row_number() over (order by sent_at desc) as place from messages m
        where conversation_id = p_conversation.id
          -- Phone numbers change hands: older messages may be of another customer.
          and created_at > clock_timestamp() - interval '45 days'
          and state not in ('draft', 'ambiguous', 'withheld', 'failed', 'rate_limited', 'group', 'revoked')
          and not (direction = 'in' and seq is not null and seq > p_conversation.answered_seq)
        order by sent_at desc limit 11) n;
  if v_before is null or v_before < v_since then return coalesce(v_newest, '[]'); end if;
  return (
    select json_agg(transcript_json(m) order by date_trunc('second', m.sent_at), m.created_at, m.sent_at) from (
      select * from messages
        where conversation_id = p_conversation.id and sent_at >= v_since
          and created_at > clock_timestamp() - interval '45 days'
          and state not in ('draft', 'ambiguous', 'withheld', 'failed', 'rate_limited', 'group', 'revoked')
          and not (direction = 'in' and seq is not null and seq > p_conversation.answered_seq)
        order by date_trunc('second', sent_at) desc, created_at desc, sent_at desc limit 10) m);
end $$;
