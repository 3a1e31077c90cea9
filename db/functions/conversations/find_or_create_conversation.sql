-- Returns the conversation of a customer, created if there is none. Locks its row until the transaction ends.
create or replace function find_or_create_conversation(p_tenant_id uuid, p_customer_id uuid) returns conversations language plpgsql as $$
declare
  v_conversation conversations;
begin
  select * into v_conversation from conversations where customer_id = p_customer_id for update;
  if v_conversation.id is null then
    insert into conversations (tenant_id, customer_id) values (p_tenant_id, p_customer_id) on conflict (customer_id) do nothing;
    select * into v_conversation from conversations where customer_id = p_customer_id for update;
  end if;
  return v_conversation;
end $$;
