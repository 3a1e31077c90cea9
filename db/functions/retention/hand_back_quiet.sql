-- Gives back to the bot what a person has and nobody has written in since the horizon: a button that was never pressed keeps
-- nobody's words for ever.
create or replace function hand_back_quiet(p_horizon timestamptz, p_limit integer) returns void language plpgsql as $$
declare
  v_quiet uuid[] := array(
    select c.id from handoffs h join conversations c on c.id = h.conversation_id
      where h.handed_back_at is null and h.opened_at < p_horizon
        and coalesce(c.window_ends_at, c.created_at) < p_horizon and coalesce(c.bot_resumes_at < clock_timestamp(), true)
        and c.received_seq <= c.answered_seq
        and not exists (select from messages m where m.conversation_id = c.id and m.created_at >= p_horizon)
      order by h.opened_at limit p_limit for update of c skip locked);
begin
  update handoffs set handed_back_at = clock_timestamp() where conversation_id = any (v_quiet) and handed_back_at is null;
  update conversations set bot_resumes_at = null, status = case status when 'human' then 'bot' else status end where id = any (v_quiet);
end $$;
