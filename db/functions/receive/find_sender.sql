-- Finds the customer who sent a message, with one query when nothing about them is new. Locks nothing then; otherwise as
-- find_or_create_customer.
create or replace function find_sender(p_tenant_id uuid, p_phone text, p_wa_user_id text, p_name text) returns customers language plpgsql as $$
declare
  v_customer customers;
  v_id uuid;
begin
  if p_phone is not null then
    select * into v_customer from customers where tenant_id = p_tenant_id and phone = p_phone;
  else
    select * into v_customer from customers where tenant_id = p_tenant_id and wa_user_id = p_wa_user_id;
  end if;
  if v_customer.id is null or v_customer.wa_user_id <> p_wa_user_id or (v_customer.wa_user_id is null and p_wa_user_id is not null)
     or v_customer.name is distinct from coalesce(p_name, v_customer.name) then
    v_id := find_or_create_customer(p_tenant_id, p_phone, p_wa_user_id, p_name);
    select * into v_customer from customers where id = v_id;
  end if;
  return v_customer;
end $$;
