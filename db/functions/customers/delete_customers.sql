-- Deletes customers with all their messages, and keeps their consent hashed; returns how many. For the purge, and for a customer who
-- asks for it. Locks their conversations in the order of ids, then their consents and the customers.
create or replace function delete_customers(p_customer_ids uuid[]) returns integer language plpgsql as $$
declare
  v_deleted integer;
begin
  perform from conversations where customer_id = any (p_customer_ids) order by id for update;
  insert into consents as c (tenant_id, hash, wa_user_hash, opted_out_at, no_marketing_at)
    select u.tenant_id, h.hash, identity_hash(u.tenant_id, 'user', u.wa_user_id), u.opted_out_at, u.no_marketing_at
      from customers u, lateral (values (identity_hash(u.tenant_id, 'phone', u.phone)), (identity_hash(u.tenant_id, 'user', u.wa_user_id))) h (hash)
      where u.id = any (p_customer_ids) and coalesce(u.opted_out_at, u.no_marketing_at) is not null and h.hash is not null
      order by u.tenant_id, h.hash
    on conflict (tenant_id, hash) do update set wa_user_hash = excluded.wa_user_hash,
      opted_out_at = greatest(c.opted_out_at, excluded.opted_out_at), no_marketing_at = greatest(c.no_marketing_at, excluded.no_marketing_at);
  delete from customers where id = any (p_customer_ids);
  get diagnostics v_deleted = row_count;
  return v_deleted;
end $$;
