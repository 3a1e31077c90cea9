-- Assigns a conversation as Meta's routing says: to another app, or back to us. The caller has locked it.
create or replace function receive_handover(p_conversation conversations, p_ours boolean) returns void language plpgsql as $$
begin
  if p_conversation.status = 'closed' or (p_ours and p_conversation.status <> 'other_app') then return; end if;
  perform save_conversation(assign_conversation(p_conversation,
    case when p_ours then owner_after_handover(p_conversation.id) else 'other_app' end));
end $$;
