-- Finds a customer by user id, then by phone in any of its spellings (phones_in), or creates one. A message with both joins the record of
-- the user id with the record of a phone that never had one. The customer is locked against deletion until the transaction ends; a phone
-- with several spellings is locked by an advisory lock before its customer is created, because each could be created under another.
create or replace function ensure_customer(p_tenant_id uuid, p_phones text[], p_wa_user_id text, p_name text)
returns uuid language plpgsql as $$
declare
  v_customer customers;
  v_locked boolean := coalesce(cardinality(p_phones), 0) < 2;
begin
  loop
    select * into v_customer from customers
      where tenant_id = p_tenant_id and (wa_user_id = p_wa_user_id or phone = any (p_phones))
      order by (wa_user_id = p_wa_user_id) desc nulls last, (wa_user_id is not null) desc, (phone = p_phones[1]) desc nulls last limit 1;
    if v_customer.id is not null and v_customer.wa_user_id <> p_wa_user_id then
      -- The phone has moved to another customer: the user id decides.
      update customers set phone = null where id = v_customer.id;
    elsif v_customer.id is not null then
      perform update_customer(v_customer, p_phones, p_wa_user_id, p_name);
      perform from customers where id = v_customer.id for key share;
      if found then return v_customer.id; end if;
    elsif not v_locked then
      perform pg_advisory_xact_lock(hashtextextended(p_tenant_id || ' ' || (select min(phone) from unnest(p_phones) phone), 0));
      v_locked := true;
    else
      insert into customers (tenant_id, phone, wa_user_id, name) values (p_tenant_id, p_phones[1], p_wa_user_id, p_name)
        on conflict do nothing returning * into v_customer;
      if v_customer.id is not null then
        perform restore_consents(v_customer, p_phones);
        return v_customer.id;
      end if;
    end if;
    -- The phone is free now or locked, or another transaction has just created, joined or deleted this customer: look again.
  end loop;
end $$;
