-- Takes a customer's answer to an act (BeginAct) and, where its tool is to be called now, notes that before it is called and extends the
-- lease. Nothing is written for a process that has lost the lease, or for an act of another customer or conversation. Locks the
-- conversation first, then the act.
create or replace function begin_act(p_begin jsonb) returns json language plpgsql
set plan_cache_mode = force_generic_plan set lock_timeout = '2s' as $$
declare
  v_conversation conversations;
  v_act acts;
  v_attempts smallint;
begin
  select * into v_conversation from conversations where id = (p_begin ->> 'conversationId')::uuid for update;
  if v_conversation.id is null or v_conversation.epoch <> (p_begin ->> 'epoch')::bigint then
    return json_build_object('leaseHeld', false, 'call', false, 'act', null);
  end if;
  select * into v_act from acts
    where id = (p_begin ->> 'actId')::uuid and conversation_id = v_conversation.id and customer_id = v_conversation.customer_id for update;
  if v_act.id is null then
    return json_build_object('leaseHeld', true, 'call', false, 'act', null);
  end if;
  v_attempts := v_act.attempts;
  v_act := answer_act(v_act, p_begin ->> 'answer', (p_begin ->> 'messageId')::uuid, (p_begin ->> 'needsApproval')::boolean);
  perform save_act(v_act);
  if v_act.attempts > v_attempts then
    perform save_conversation(change_lease(v_conversation, 'extend', (p_begin ->> 'leaseMs')::integer));
  end if;
  return json_build_object('leaseHeld', true, 'call', v_act.attempts > v_attempts, 'act', act_json(v_act));
end $$;
