-- A person is needed: opened once per conversation. Null when one was open already.
create or replace function open_handoff(p_conversation uuid, p_reason text, p_summary text) returns jsonb language plpgsql as $$
declare
  opened uuid;
begin
  insert into handoffs (tenant_id, conversation_id, reason, summary)
    select tenant_id, id, p_reason, p_summary from conversations where id = p_conversation
    on conflict do nothing returning id into opened;
  update conversations set status = 'human' where id = p_conversation and status = 'bot';
  if opened is null then return null; end if;
  return (select jsonb_build_object('conversationId', c.id, 'companyName', t.profile ->> 'name', 'reason', p_reason,
                                    'language', coalesce(u.language, t.profile ->> 'language'))
            from conversations c join tenants t on t.id = c.tenant_id join users u on u.id = c.user_id where c.id = p_conversation);
end $$;
