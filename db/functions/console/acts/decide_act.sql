-- An operator approves or refuses what a customer has confirmed (DecideOutcome); the conversation is unread then, so that a turn executes it
-- and tells its customer. `decided`: it no longer waits; `not_with_bot`: an operator or another app has the conversation; `window_closed`: the
-- customer could not be told. Locks the conversation first, then the act.
create or replace function decide_act(p_tenant_id uuid, p_operator_id uuid, p_conversation_id uuid, p_act_id uuid, p_approve boolean) returns text
language plpgsql set lock_timeout = '2s' as $$
declare
  v_conversation conversations := lock_conversation(p_tenant_id, p_conversation_id);
  v_act acts;
begin
  select * into v_act from acts where id = p_act_id and conversation_id = v_conversation.id and tenant_id = p_tenant_id for update;
  if v_act.id is null then return 'not_found'; end if;
  if v_act.state <> 'awaiting_approval' then return 'decided'; end if;
  if v_conversation.status <> 'bot' then return 'not_with_bot'; end if;
  if coalesce(v_conversation.window_ends_at <= clock_timestamp(), true) then return 'window_closed'; end if;
  v_act.decided_by := p_operator_id;
  v_act.decided_at := clock_timestamp();
  v_act.state := case when p_approve then 'confirmed' else 'cancelled' end;
  if not p_approve then
    v_act.code := 'refused';
    v_act.ended_at := clock_timestamp();
  end if;
  perform save_act(v_act);
  perform save_conversation(add_unread(v_conversation, 1, clock_timestamp()));
  return 'done';
end $$;
