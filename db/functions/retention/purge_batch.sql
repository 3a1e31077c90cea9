-- Deletes at most `p_limit` rows of each table that are older than `p_days`; returns how many of each. Skips rows that others have
-- locked: the next call takes them. Every message is kept for eight days at least, because Meta may deliver it again for seven.
create or replace function purge_batch(p_days integer, p_limit integer) returns jsonb language plpgsql as $$
declare
  v_horizon timestamptz := clock_timestamp() - greatest(make_interval(days => p_days), interval '8 days');
  v_purged record;
  v_customers integer := 0;
begin
  perform hand_back_idle(v_horizon, p_limit);
  select * into v_purged from purge_conversations(v_horizon, p_limit);
  -- Only once the rest is done: customers who still have messages would be looked at again and again.
  if greatest(v_purged.o_messages, v_purged.o_turns, v_purged.o_handoffs) < p_limit then
    v_customers := purge_customers(v_horizon, p_limit);
  end if;
  return jsonb_build_object('messages', v_purged.o_messages, 'turns', v_purged.o_turns, 'handoffs', v_purged.o_handoffs,
    'customers', v_customers, 'consoleRecords', purge_console_records(v_horizon, p_limit)) || purge_records(v_horizon, p_limit);
end $$;
