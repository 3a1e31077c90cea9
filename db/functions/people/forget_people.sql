-- Deletes people with all that was said, and keeps their choices; how many. For the purge, and for whoever asks to be forgotten.
create or replace function forget_people(p_users uuid[]) returns integer language plpgsql as $$
declare
  v_people integer;
begin
  -- The conversation first, as everybody who writes to one.
  perform from conversations where user_id = any (p_users) order by id for update;
  insert into opted_out_hashes as h (tenant_id, hash, user_hash, opted_out_at, no_marketing_at)
    select u.tenant_id, n.hash, person_hash(u.tenant_id, 'user', u.wa_user_id), u.opted_out_at, u.no_marketing_at
      from users u, lateral (values (person_hash(u.tenant_id, 'phone', u.phone)), (person_hash(u.tenant_id, 'user', u.wa_user_id))) n (hash)
      where u.id = any (p_users) and coalesce(u.opted_out_at, u.no_marketing_at) is not null and n.hash is not null
      order by u.tenant_id, n.hash
    on conflict (tenant_id, hash) do update set user_hash = excluded.user_hash,
      opted_out_at = greatest(h.opted_out_at, excluded.opted_out_at), no_marketing_at = greatest(h.no_marketing_at, excluded.no_marketing_at);
  delete from users where id = any (p_users);
  get diagnostics v_people = row_count;
  return v_people;
end $$;
