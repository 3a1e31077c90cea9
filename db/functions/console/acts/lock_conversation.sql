-- Returns a conversation of one company, null in all fields when the company has none with this id. Locks its row until the transaction
-- ends: the first step of every act.
create or replace function lock_conversation(p_tenant_id uuid, p_conversation_id uuid) returns conversations language plpgsql as $$
declare
  v_conversation conversations;
begin
  select * into v_conversation from conversations where id = p_conversation_id and tenant_id = p_tenant_id for update;
  return v_conversation;
end $$;
