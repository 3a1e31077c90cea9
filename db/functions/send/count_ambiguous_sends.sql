-- Returns the counters to raise for sends without an answer, each counted once; those that a status report has confirmed meanwhile are
-- counted as confirmed too. Locks the messages.
create or replace function count_ambiguous_sends(p_ids uuid[]) returns text[] language plpgsql as $$
declare
  v_ambiguous text[];
  v_confirmed text[];
begin
  if p_ids = '{}' then return '{}'; end if;
  select array_agg('ambiguous'::text) into v_ambiguous
    from messages, generate_series(ambiguous_sends + 1, sends) where id = any (p_ids) and confirmed_by is null;
  with counted as (
    update messages set ambiguous_sends = sends, confirmed_by = case when delivery_rank(state) > 0 then 'status_report' end
      where id = any (p_ids) and confirmed_by is null returning confirmed_by)
  select array_agg('confirmed_by_status_report'::text) filter (where confirmed_by is not null) into v_confirmed from counted;
  return coalesce(v_ambiguous || v_confirmed, '{}');
end $$;
