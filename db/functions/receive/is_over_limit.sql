-- True when a message is over the rate limit, counted here by Meta's time because the cache could not say.
create or replace function is_over_limit(p_conversation_id uuid, p_sent_at timestamptz, p_max integer, p_window_s integer) returns boolean
language plpgsql as $$
begin
  return (select count(*) >= p_max from messages
    where conversation_id = p_conversation_id and direction = 'in' and state <> 'rate_limited'
      and sent_at > p_sent_at - make_interval(secs => p_window_s) and sent_at <= p_sent_at
      -- For the index: none comes before it is sent, but for a difference of the clocks.
      and created_at > p_sent_at - make_interval(secs => p_window_s) - interval '1 minute');
end $$;
