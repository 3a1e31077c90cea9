-- Updates a customer's phone, user id and name from a message. Another record with this phone is joined, or loses it
-- if it has a user id of its own. Locks the conversations of both records (merge_customers), then the customers.
create or replace function update_identity(p_customer customers, p_phone text, p_wa_user_id text, p_name text) returns void language plpgsql as $$
declare
  v_other customers;
  v_updated customers;
begin
  if p_phone is not null and p_customer.phone is distinct from p_phone then
    select * into v_other from customers where tenant_id = p_customer.tenant_id and phone = p_phone and id <> p_customer.id;
    if v_other.wa_user_id is not null then
      update customers set phone = null where id = v_other.id;
    elsif v_other.id is not null then
      perform merge_customers(p_customer.id, v_other.id);
    end if;
  end if;
  update customers set
      name = coalesce(p_name, name),
      wa_user_id = coalesce(wa_user_id, p_wa_user_id),
      phone = case when exists (select from customers o where o.tenant_id = p_customer.tenant_id and o.phone = p_phone and o.id <> p_customer.id)
                   then phone else coalesce(p_phone, phone) end
    where id = p_customer.id
      and (name is distinct from coalesce(p_name, name) or wa_user_id is distinct from coalesce(wa_user_id, p_wa_user_id)
           or phone is distinct from coalesce(p_phone, phone))
    returning * into v_updated;
  if v_updated.id is not null
     and (v_updated.wa_user_id is distinct from p_customer.wa_user_id or v_updated.phone is distinct from p_customer.phone) then
    perform restore_consent(v_updated);
  end if;
end $$;
