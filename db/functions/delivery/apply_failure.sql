-- What a refused or failed message changes (FailureEffect of lib/types/inbox-store.ts); a handoff that was opened, or null.
create or replace function apply_failure(p_conversation uuid, p_effect text, p_through bigint) returns jsonb language plpgsql as $$
begin
  case p_effect
    when 'reengage' then return reengage(p_conversation, p_through);
    when 'unreachable' then
      update users set unreachable_at = clock_timestamp() where id = (select user_id from conversations where id = p_conversation);
    when 'no_marketing' then
      update users set no_marketing_at = clock_timestamp()
        where id = (select user_id from conversations where id = p_conversation) and no_marketing_at is null;
    when 'slow_down' then
      -- What every number may do at least (Meta, throughput).
      update tenants set throughput = 80 where throughput is null and id = (select tenant_id from conversations where id = p_conversation);
    else null;
  end case;
  return null;
end $$;
