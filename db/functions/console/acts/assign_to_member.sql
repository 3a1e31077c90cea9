-- Gives a conversation to an agent or owner of the company, or puts it back into the queue with null (Outcome); `no_member` when the
-- company has no such person. Locks the conversation first, then its handoff.
create or replace function assign_to_member(p_tenant_id uuid, p_conversation_id uuid, p_member_id uuid) returns jsonb
language plpgsql set lock_timeout = '2s' as $$
declare
  v_conversation conversations := lock_conversation(p_tenant_id, p_conversation_id);
begin
  if v_conversation.id is null then return jsonb_build_object('outcome', 'not_found'); end if;
  if p_member_id is null then
    if v_conversation.status = 'human' then
      perform put_back_in_queue(v_conversation.id);
      perform save_conversation(give_to_operator(v_conversation, null));
    end if;
    return jsonb_build_object('outcome', 'done');
  end if;
  if not exists (select from memberships where tenant_id = p_tenant_id and operator_id = p_member_id and role in ('agent', 'owner')) then
    return jsonb_build_object('outcome', 'no_member');
  end if;
  perform save_conversation(give_conversation_to(v_conversation, p_member_id));
  return jsonb_build_object('outcome', 'done');
end $$;
