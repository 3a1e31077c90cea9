-- Says that an operator types in a conversation (for the next six seconds), or no longer; writes nothing when that is known for another
-- three. False when the company has no such conversation. Locks the operator's presence there.
create or replace function say_typing(p_tenant_id uuid, p_conversation_id uuid, p_operator_id uuid, p_typing boolean) returns boolean
language plpgsql as $$
begin
  if not exists (select from conversations where id = p_conversation_id and tenant_id = p_tenant_id) then return false; end if;
  insert into presence as p (operator_id, conversation_id, tenant_id, seen_until, typing_until)
    values (p_operator_id, p_conversation_id, p_tenant_id, clock_timestamp() + interval '30 seconds',
            case when p_typing then clock_timestamp() + interval '6 seconds' end)
    on conflict (operator_id, conversation_id) do update
      set seen_until = greatest(p.seen_until, excluded.seen_until), typing_until = excluded.typing_until
      where p_typing <> coalesce(p.typing_until > clock_timestamp() + interval '3 seconds', false);
  return true;
end $$;
