-- Replaces the tags of a conversation (Outcome). Locks the conversation first, then its tags.
create or replace function tag_conversation(p_tenant_id uuid, p_conversation_id uuid, p_tags jsonb) returns jsonb
language plpgsql set lock_timeout = '2s' as $$
declare
  v_conversation conversations := lock_conversation(p_tenant_id, p_conversation_id);
begin
  if v_conversation.id is null then return jsonb_build_object('outcome', 'not_found'); end if;
  delete from conversation_tags where conversation_id = v_conversation.id and tenant_id = p_tenant_id and not p_tags ? tag;
  insert into conversation_tags (tenant_id, conversation_id, tag)
    select p_tenant_id, v_conversation.id, tag from jsonb_array_elements_text(p_tags) tag on conflict do nothing;
  perform save_conversation(v_conversation);
  return jsonb_build_object('outcome', 'done');
end $$;
