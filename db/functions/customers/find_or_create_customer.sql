-- Finds the customer of a message by user id, then by phone, or creates one. A message with both joins the record of the user id with
-- the record of a phone that never had one. The customer is locked against deletion until the transaction ends.
create or replace function find_or_create_customer(p_tenant_id uuid, p_phone text, p_wa_user_id text, p_name text)
returns uuid language plpgsql as $$
declare
  v_customer customers;
begin
  loop
    select * into v_customer from customers
      where tenant_id = p_tenant_id and (wa_user_id = p_wa_user_id or phone = p_phone)
      order by (wa_user_id = p_wa_user_id) desc nulls last limit 1;
    -- The phone has moved to another customer: the user id decides.
    if v_customer.id is not null and v_customer.wa_user_id <> p_wa_user_id then
      update customers set phone = null where id = v_customer.id;
      v_customer := null;
    end if;
    if v_customer.id is not null then
      perform update_identity(v_customer, p_phone, p_wa_user_id, p_name);
      perform from customers where id = v_customer.id for key share;
      if found then return v_customer.id; end if;
    else
      insert into customers (tenant_id, phone, wa_user_id, name) values (p_tenant_id, p_phone, p_wa_user_id, p_name)
        on conflict do nothing returning * into v_customer;
      if v_customer.id is not null then
        perform restore_consent(v_customer);
        return v_customer.id;
      end if;
    end if;
    -- Another transaction has just created, joined or deleted this customer: look again.
  end loop;
end $$;
