-- An operator says what they did about an act that failed or whose result nobody knew (SettleOutcome), once; the same person's same answer again is
-- the same. `settled`: somebody has said so before, with their name; `not_open`: it is not for a person. Locks the conversation first, then the act.
create or replace function settle_act(p_tenant_id uuid, p_operator_id uuid, p_conversation_id uuid, p_act_id uuid, p_how text, p_note text) returns jsonb
language plpgsql set lock_timeout = '2s' as $$
declare
  v_conversation conversations := lock_conversation(p_tenant_id, p_conversation_id);
  v_act acts;
begin
  select * into v_act from acts where id = p_act_id and conversation_id = v_conversation.id and tenant_id = p_tenant_id for update;
  if v_act.id is null then return jsonb_build_object('outcome', 'not_found'); end if;
  if v_act.settled_by = p_operator_id and v_act.settled_how = p_how and v_act.settled_note is not distinct from p_note then
    return jsonb_build_object('outcome', 'done');
  end if;
  if v_act.settled_at is not null then
    return jsonb_build_object('outcome', 'settled',
      'by', (select jsonb_build_object('id', o.id, 'name', o.name) from operators o where o.id = v_act.settled_by));
  end if;
  if v_act.state not in ('failed', 'unknown') then return jsonb_build_object('outcome', 'not_open'); end if;
  update acts set settled_at = clock_timestamp(), settled_by = p_operator_id, settled_how = p_how, settled_note = p_note where id = v_act.id;
  -- So that the pages of others hear of it.
  perform save_conversation(v_conversation);
  return jsonb_build_object('outcome', 'done');
end $$;
