-- Writes a note for colleagues, once for each id (Outcome); `id_used` when something else has the id. Locks the conversation.
create or replace function write_note(p_tenant_id uuid, p_operator_id uuid, p_conversation_id uuid, p_note_id uuid, p_text text) returns jsonb
language plpgsql set lock_timeout = '2s' as $$
declare
  v_conversation conversations := lock_conversation(p_tenant_id, p_conversation_id);
begin
  if v_conversation.id is null then return jsonb_build_object('outcome', 'not_found'); end if;
  insert into notes (id, tenant_id, conversation_id, operator_id, text)
    values (p_note_id, p_tenant_id, v_conversation.id, p_operator_id, p_text) on conflict (id) do nothing;
  if found then
    perform save_conversation(v_conversation);
    return jsonb_build_object('outcome', 'done');
  end if;
  return jsonb_build_object('outcome', case when exists (
      select from notes where id = p_note_id and tenant_id = p_tenant_id and conversation_id = v_conversation.id and operator_id = p_operator_id)
    then 'done' else 'id_used' end);
end $$;
