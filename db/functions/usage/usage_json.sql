-- Returns today's use before a turn starts, of the customer and of the number (UsageToday).
create or replace function usage_json(p_conversation conversations) returns json language plpgsql as $$
declare
  v_today boolean := p_conversation.usage_day = utc_today();
begin
  return json_build_object(
    'turns', case when v_today then p_conversation.usage_turns else 0 end,
    'soundSeconds', case when v_today then p_conversation.usage_sound_s else 0 end,
    'numberUsd', coalesce((select sum(usd) from usage where tenant_id = p_conversation.tenant_id and day = utc_today()), 0));
end $$;
