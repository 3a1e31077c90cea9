-- Adds a line (AuditLine) to the audit log of a company. A look that the same operator took at the same conversation within the last
-- five minutes is not written again: an open page looks again whenever its connection breaks. Locks nothing.
create or replace function record_audit(p_tenant_id uuid, p_line jsonb) returns void language plpgsql as $$
begin
  if (p_line ->> 'look')::boolean and exists (
    select from audit_log
      where tenant_id = p_tenant_id and conversation_id = (p_line ->> 'conversationId')::uuid
        and operator_id = (p_line ->> 'operatorId')::uuid and act = p_line ->> 'act' and detail = p_line -> 'detail'
        and at > clock_timestamp() - interval '5 minutes') then
    return;
  end if;
  insert into audit_log (tenant_id, operator_id, operator_email, act, conversation_id, detail)
    values (p_tenant_id, (p_line ->> 'operatorId')::uuid, p_line ->> 'operator', p_line ->> 'act',
            (p_line ->> 'conversationId')::uuid, p_line -> 'detail');
end $$;
