-- Hands a conversation to an operator and saves it; returns the data of its alert (`handoffs` of Received), or null when a handoff
-- was open already. The caller has locked the conversation.
create or replace function call_operator(p_conversation conversations, p_reason text, p_summary text) returns jsonb language plpgsql as $$
declare
  v_opened boolean := open_handoff(p_conversation, null, p_reason, p_summary);
begin
  perform save_conversation(assign_conversation(p_conversation, 'human'));
  if not v_opened then return null; end if;
  return (select jsonb_build_object('tenantId', t.id, 'conversationId', p_conversation.id, 'companyName', t.profile ->> 'name',
                                    'companyLanguage', t.profile ->> 'language', 'reason', p_reason,
                                    'language', coalesce(u.language, t.profile ->> 'language'))
            from tenants t, customers u where t.id = p_conversation.tenant_id and u.id = p_conversation.customer_id);
end $$;
