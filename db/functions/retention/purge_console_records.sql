-- Deletes old notes, suggestions, trials and ratings of operators' work, and who looked at a conversation; returns how many. Skips rows that
-- others have locked.
create or replace function purge_console_records(p_horizon timestamptz, p_limit integer) returns integer language plpgsql as $$
declare
  v_notes integer; v_suggestions integer; v_trials integer; v_ratings integer;
begin
  delete from notes where id = any (array(
    select n.id from notes n join conversations c on c.id = n.conversation_id
      where n.created_at < p_horizon and c.status <> 'human' limit p_limit for update of n skip locked));
  get diagnostics v_notes = row_count;
  delete from suggestions where id = any (array(
    select id from suggestions where created_at < p_horizon order by created_at limit p_limit for update skip locked));
  get diagnostics v_suggestions = row_count;
  delete from playground_answers where id = any (array(
    select id from playground_answers where created_at < p_horizon order by created_at limit p_limit for update skip locked));
  get diagnostics v_trials = row_count;
  delete from csat where id = any (array(
    select id from csat where created_at < p_horizon limit p_limit for update skip locked));
  get diagnostics v_ratings = row_count;
  delete from uploads where created_at < clock_timestamp() - interval '30 days';
  delete from presence where seen_until < clock_timestamp() - interval '1 day';
  return v_notes + v_suggestions + v_trials + v_ratings;
end $$;
