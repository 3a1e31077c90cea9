-- Applies the effect of a rejected or failed message (FailureEffect); returns the handoff that it opened, or
-- "template" when one is to be sent, or null. Locks the conversation (reengage), the customer or the tenant.
create or replace function apply_failure(p_conversation_id uuid, p_effect text, p_through_seq bigint) returns jsonb language plpgsql as $$
begin
  case p_effect
    when 'reengage' then return reengage(p_conversation_id, p_through_seq);
    when 'unreachable' then
      update customers set unreachable_at = clock_timestamp() where id = (select customer_id from conversations where id = p_conversation_id);
    when 'no_marketing' then
      update customers set no_marketing_at = clock_timestamp()
        where id = (select customer_id from conversations where id = p_conversation_id) and no_marketing_at is null;
    when 'slow_down' then
      -- The least throughput that Meta gives a number.
      update tenants set throughput = 80 where throughput is null and id = (select tenant_id from conversations where id = p_conversation_id);
    else null;
  end case;
  return null;
end $$;
