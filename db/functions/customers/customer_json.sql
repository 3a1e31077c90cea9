-- Returns a customer in the shape of the type Customer.
create or replace function customer_json(p_customer customers) returns jsonb language sql stable as $$
  select jsonb_build_object('id', p_customer.id, 'phone', p_customer.phone, 'waUserId', p_customer.wa_user_id, 'name', p_customer.name,
                            'language', p_customer.language, 'optedOut', p_customer.opted_out_at is not null)
    || case when p_customer.accepted_phone is null then '{}' else jsonb_build_object('acceptedPhone', p_customer.accepted_phone) end
$$;
