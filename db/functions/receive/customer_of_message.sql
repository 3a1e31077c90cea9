-- Finds the customer who sent a message, with one query when nothing about them is new and their phone has one spelling. The phone becomes
-- the one delivered: replies go there. Locks nothing then; otherwise as ensure_customer.
create or replace function customer_of_message(p_tenant_id uuid, p_phones text[], p_wa_user_id text, p_name text) returns customers
language plpgsql as $$
declare
  v_customer customers;
  v_id uuid;
  v_other_spelling boolean := false;
begin
  if p_phones is not null then
    select * into v_customer from customers where tenant_id = p_tenant_id and phone = p_phones[1];
  else
    select * into v_customer from customers where tenant_id = p_tenant_id and wa_user_id = p_wa_user_id;
  end if;
  if cardinality(p_phones) > 1 then
    v_other_spelling := exists (select from customers where tenant_id = p_tenant_id and phone = any (p_phones[2:]));
  end if;
  if v_customer.id is null or v_customer.wa_user_id <> p_wa_user_id or (v_customer.wa_user_id is null and p_wa_user_id is not null)
     or v_customer.name is distinct from coalesce(p_name, v_customer.name)
     or v_other_spelling then
    v_id := ensure_customer(p_tenant_id, p_phones, p_wa_user_id, p_name);
    if cardinality(p_phones) > 1 then
      update customers set phone = p_phones[1]
        where id = v_id and phone = any (p_phones[2:])
          and not exists (select from customers where tenant_id = p_tenant_id and phone = p_phones[1]);
    end if;
    select * into v_customer from customers where id = v_id;
  end if;
  return v_customer;
end $$;
