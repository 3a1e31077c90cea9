-- Deletes at most p_limit rows of each table that are older than p_days, and says how many. Waits for nobody: what
-- somebody holds is left to the next call. Whatever p_days says, a message is known for eight days: Meta may deliver it
-- again for seven.
create or replace function purge_batch(p_days integer, p_limit integer) returns jsonb language plpgsql as $$
declare
  sure_of_meta constant interval := interval '8 days';
  horizon timestamptz := clock_timestamp() - greatest(make_interval(days => p_days), sure_of_meta);
  said record;
  v_people integer := 0; v_statuses integer; v_events integer; v_counters integer; v_purged integer;
begin
  perform hand_back_quiet(horizon, p_limit);
  select * into said from purge_conversations(horizon, p_limit);
  -- Last of all, not to look again and again at people of whom much is left.
  if greatest(said.messages, said.turns, said.handoffs) < p_limit then v_people := purge_people(horizon, p_limit); end if;

  delete from early_statuses where ctid = any (array(
    select ctid from early_statuses where received_at < clock_timestamp() - sure_of_meta limit p_limit for update skip locked));
  get diagnostics v_statuses = row_count;
  delete from platform_events where id = any (array(
    select id from platform_events where received_at < horizon order by received_at limit p_limit for update skip locked));
  get diagnostics v_events = row_count;
  delete from purged_messages where ctid = any (array(
    select ctid from purged_messages where day < current_date - 730 limit p_limit for update skip locked));
  get diagnostics v_purged = row_count;
  -- A handful a day, and nobody's words.
  delete from usage where day < current_date - 730;
  delete from daily_notices where day < current_date - 30;
  delete from counters where day < current_date - 730;
  get diagnostics v_counters = row_count;

  return jsonb_build_object('messages', said.messages, 'turns', said.turns, 'handoffs', said.handoffs, 'people', v_people,
    'earlyStatuses', v_statuses, 'platformEvents', v_events, 'purgedMessages', v_purged, 'counters', v_counters);
end $$;
