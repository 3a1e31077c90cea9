-- What was used before a turn begins.
create or replace function usage_json(talk conversations) returns json language plpgsql as $$
declare
  today boolean := talk.usage_day = utc_today();
begin
  return json_build_object(
    'turns', case when today then talk.usage_turns else 0 end,
    'soundSeconds', case when today then talk.usage_sound_s else 0 end,
    'numberUsd', coalesce((select sum(usd) from usage where tenant_id = talk.tenant_id and day = utc_today()), 0));
end $$;
