-- Gives a customer the phone or user id that Meta says they have from now on; a phone is found in any spelling. False, and nothing is
-- changed, while a reply to them is being sent. Locks the conversations of both records (merge_customers), then the customers.
create or replace function change_identity(p_tenant_id uuid, p_change jsonb) returns boolean language plpgsql as $$
declare
  v_new_phone text := p_change -> 'phone' ->> 'current';
  v_old_phones text[] := phones_in(p_change -> 'phones' -> 'previous', p_change -> 'phone' ->> 'previous');
  v_new_phones text[] := phones_in(p_change -> 'phones' -> 'current', v_new_phone);
  v_old_id text := p_change -> 'userId' ->> 'previous';
  v_new_id text := p_change -> 'userId' ->> 'current';
  v_changed_at timestamptz := to_timestamp((p_change ->> 'timestampMs')::bigint / 1000.0);
  v_customer customers;
  v_other customers;
begin
  select * into v_customer from customers
    where tenant_id = p_tenant_id and (wa_user_id = v_old_id or phone = any (v_old_phones))
    order by (wa_user_id = v_old_id) desc nulls last limit 1;
  if v_customer.id is null then return true; end if;
  select * into v_other from customers
    where tenant_id = p_tenant_id and id <> v_customer.id and (wa_user_id = v_new_id or phone = any (v_new_phones))
    order by (wa_user_id = v_new_id) desc nulls last limit 1;
  if v_other.id is not null and not coalesce(v_other.wa_user_id = v_new_id, false)
     and v_other.created_at < v_changed_at - interval '1 day' then
    -- An earlier owner of this number, who is another customer.
    update customers set phone = null where id = v_other.id;
    v_other := null;
  end if;
  if v_other.id is not null then
    -- The customer wrote under the new identity before Meta told us of it.
    if not merge_customers(v_other.id, v_customer.id) then return false; end if;
    update customers u set phone = coalesce(v_new_phone, u.phone, v_customer.phone)
      where id = v_other.id and not exists (
        select from customers o where o.tenant_id = p_tenant_id and o.phone = coalesce(v_new_phone, u.phone, v_customer.phone) and o.id <> u.id);
    return true;
  end if;
  -- A new number comes with a new user id: the old one is not used again.
  update customers set
      phone = coalesce(v_new_phone, phone),
      wa_user_id = case when v_new_id is not null then v_new_id when phone <> all (v_new_phones) then null else wa_user_id end
    where id = v_customer.id;
  return true;
end $$;
