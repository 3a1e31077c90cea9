-- Updates a customer's phone, user id and name from a message; another spelling of the phone is no change. Another record with the phone,
-- in any spelling, is joined, or loses it if it has a user id of its own. Locks the conversations of both records (merge_customers), then
-- the customers.
create or replace function update_customer(p_customer customers, p_phones text[], p_wa_user_id text, p_name text) returns void
language plpgsql as $$
declare
  v_other customers;
  v_updated customers;
  v_phone text := p_customer.phone;
begin
  if p_phones is not null then
    for v_other in select * from customers where tenant_id = p_customer.tenant_id and phone = any (p_phones) and id <> p_customer.id loop
      if v_other.wa_user_id is not null then
        update customers set phone = null where id = v_other.id;
      else
        perform merge_customers(p_customer.id, v_other.id);
      end if;
    end loop;
    if not coalesce(v_phone = any (p_phones), false) and not exists (
        select from customers o where o.tenant_id = p_customer.tenant_id and o.phone = any (p_phones) and o.id <> p_customer.id) then
      v_phone := p_phones[1];
    end if;
  end if;
  update customers set name = coalesce(p_name, name), wa_user_id = coalesce(wa_user_id, p_wa_user_id), phone = v_phone
    where id = p_customer.id
      and (name is distinct from coalesce(p_name, name) or wa_user_id is distinct from coalesce(wa_user_id, p_wa_user_id)
           or phone is distinct from v_phone)
    returning * into v_updated;
  if v_updated.id is not null
     and (v_updated.wa_user_id is distinct from p_customer.wa_user_id or v_updated.phone is distinct from p_customer.phone) then
    perform restore_consents(v_updated, case when v_updated.phone = any (p_phones) then p_phones else array[v_updated.phone] end);
  end if;
end $$;
