-- What to count for sends that Graph never answered, once for each: one that a status report has confirmed meanwhile is
-- settled.
create or replace function unanswered_sends(p_ids uuid[]) returns text[] language plpgsql as $$
declare
  unanswered text[];
  settled text[];
begin
  if p_ids = '{}' then return '{}'; end if;
  select array_agg('ambiguous'::text) into unanswered
    from messages, generate_series(unanswered_sends + 1, sends) where id = any (p_ids) and confirmed_by is null;
  with seen as (
    update messages set unanswered_sends = sends, confirmed_by = case when delivery_rank(state) > 0 then 'echo' end
      where id = any (p_ids) and confirmed_by is null returning confirmed_by)
  select array_agg('settled_by_echo'::text) filter (where confirmed_by = 'echo') into settled from seen;
  return coalesce(unanswered || settled, '{}');
end $$;
