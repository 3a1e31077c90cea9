-- Applies the effect of a rejected or failed message (FailureEffect; `plain_form` with the message's id after a colon); returns the
-- handoff that it opened, or "unread" when a draft waits to be sent, or null. Locks the conversation, the customer or the tenant.
create or replace function apply_failure(p_conversation_id uuid, p_effect text, p_through_seq bigint) returns jsonb language plpgsql as $$
declare
  v_conversation conversations;
begin
  case split_part(p_effect, ':', 1)
    when 'reengage' then return reengage(p_conversation_id, p_through_seq);
    when 'plain_form' then return draft_plain_form(nullif(split_part(p_effect, ':', 2), '')::uuid);
    when 'call_operator' then
      select * into v_conversation from conversations where id = p_conversation_id for update;
      return report_undelivered(v_conversation, (
        select meta_codes from messages where conversation_id = p_conversation_id and direction = 'out' and state in ('failed', 'ambiguous')
          order by created_at desc, id desc limit 1));
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
