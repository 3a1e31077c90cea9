-- Says that these operators look at these conversations ({operatorId, conversationId}[]), for the next 30 seconds, and forgets where they
-- were before. Locks their presence, in one order.
create or replace function keep_presence(p_tenant_id uuid, p_present jsonb) returns void language plpgsql as $$
begin
  insert into presence (operator_id, conversation_id, tenant_id, seen_until)
    -- One time for all, so that two pages of one operator are one row.
    select distinct o.id, c.id, p_tenant_id, statement_timestamp() + interval '30 seconds'
      from jsonb_to_recordset(p_present) as p ("operatorId" uuid, "conversationId" uuid)
        join operators o on o.id = p."operatorId" join conversations c on c.id = p."conversationId" and c.tenant_id = p_tenant_id
      order by 1, 2
    on conflict (operator_id, conversation_id) do update set seen_until = excluded.seen_until;
  delete from presence p using jsonb_to_recordset(p_present) as own ("operatorId" uuid)
    where p.operator_id = own."operatorId" and p.tenant_id = p_tenant_id and p.seen_until < clock_timestamp() - interval '1 minute';
end $$;
