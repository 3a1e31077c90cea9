-- Deletes old rows that belong to no customer, and rows that nobody needs any more; returns how many. Skips rows that others have
-- locked. Sessions, invitations, and the tables by day grow by a few rows a day.
create or replace function purge_records(p_horizon timestamptz, p_limit integer) returns jsonb language plpgsql as $$
declare
  v_statuses integer; v_events integer; v_counters integer; v_messages integer;
begin
  delete from early_statuses where ctid = any (array(
    select ctid from early_statuses where received_at < clock_timestamp() - interval '8 days' limit p_limit for update skip locked));
  get diagnostics v_statuses = row_count;
  delete from account_events where id = any (array(
    select id from account_events where received_at < p_horizon order by received_at limit p_limit for update skip locked));
  get diagnostics v_events = row_count;
  delete from purged_messages where ctid = any (array(
    select ctid from purged_messages where day < current_date - 730 limit p_limit for update skip locked));
  get diagnostics v_messages = row_count;
  delete from usage where day < current_date - 730;
  delete from daily_alerts where day < current_date - 30;
  delete from alerts where recovered_at < clock_timestamp() - interval '400 days';
  delete from sessions where least(idle_ends_at, ends_at) < clock_timestamp() - interval '1 day';
  delete from invitations where expires_at < clock_timestamp() - interval '30 days';
  perform purge_audit_log(least(p_horizon, clock_timestamp() - interval '730 days'), p_limit);
  delete from counters where day < current_date - 730;
  get diagnostics v_counters = row_count;
  v_counters := v_counters + purge_counters(p_limit);
  return jsonb_build_object('earlyStatuses', v_statuses, 'accountEvents', v_events, 'purgedMessages', v_messages, 'counters', v_counters);
end $$;
