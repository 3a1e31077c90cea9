-- Records how the call of an act's tool ended (EndAct), and returns the act as it is then. That it was executed is recorded whoever holds the
-- lease now, because it is a fact; anything else only for the holder. Its reminder is kept, or
-- forgotten, in the same statement. Locks the conversation first, then the act and the conversation's reminders.
create or replace function end_act(p_end jsonb) returns json language plpgsql
set plan_cache_mode = force_generic_plan set lock_timeout = '2s' as $$
declare
  v_conversation conversations;
  v_act acts;
  v_held boolean;
begin
  select * into v_conversation from conversations where id = (p_end ->> 'conversationId')::uuid for update;
  v_held := v_conversation.id is not null and v_conversation.epoch = (p_end ->> 'epoch')::bigint;
  select * into v_act from acts where id = (p_end ->> 'actId')::uuid and conversation_id = v_conversation.id for update;
  if v_act.state in ('executing', 'unknown') and (v_held or p_end ->> 'state' = 'executed') then
    v_act.state := p_end ->> 'state';
    v_act.code := p_end ->> 'code';
    v_act.answer := nullif(p_end -> 'answer', 'null');
    v_act.ended_at := clock_timestamp();
    perform save_act(v_act);
    if v_act.state = 'executed' and jsonb_typeof(p_end -> 'reminder') = 'object' then perform keep_reminder(v_act, p_end -> 'reminder'); end if;
  end if;
  return json_build_object('leaseHeld', v_held, 'act', case when v_act.id is not null then act_json(v_act) end);
end $$;
