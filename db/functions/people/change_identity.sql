-- Meta says that one person goes by another phone or user id from now on. False, and nothing is done, while a reply to them is on
-- its way.
create or replace function change_identity(p_tenant uuid, change jsonb) returns boolean language plpgsql as $$
declare
  old_phone text := change -> 'phone' ->> 'previous';
  new_phone text := change -> 'phone' ->> 'current';
  old_id text := change -> 'userId' ->> 'previous';
  new_id text := change -> 'userId' ->> 'current';
  changed_at timestamptz := to_timestamp((change ->> 'timestampMs')::bigint / 1000.0);
  person users;
  other users;
begin
  select * into person from users
    where tenant_id = p_tenant and (wa_user_id = old_id or phone = old_phone)
    order by (wa_user_id = old_id) desc nulls last limit 1;
  if person.id is null then return true; end if;
  select * into other from users
    where tenant_id = p_tenant and id <> person.id and (wa_user_id = new_id or phone = new_phone)
    order by (wa_user_id = new_id) desc nulls last limit 1;
  if other.id is not null and not coalesce(other.wa_user_id = new_id, false)
     and other.created_at < changed_at - interval '1 day' then
    -- Whoever had this number before is somebody else.
    update users set phone = null where id = other.id;
    other := null;
  end if;
  if other.id is not null then
    -- They wrote under the new name before Meta told us of it.
    if not merge_people(other.id, person.id) then return false; end if;
    update users u set phone = coalesce(new_phone, u.phone, person.phone)
      where id = other.id and not exists (
        select from users o where o.tenant_id = p_tenant and o.phone = coalesce(new_phone, u.phone, person.phone) and o.id <> u.id);
    return true;
  end if;
  -- With a new number comes a new user id: the old one will not be seen again.
  update users set
      phone = coalesce(new_phone, phone),
      wa_user_id = case when new_id is not null then new_id when new_phone <> phone then null else wa_user_id end
    where id = person.id;
  return true;
end $$;
