-- The person who sent a message, in one look when nothing of them changed.
create or replace function find_sender(p_tenant uuid, p_phone text, p_wa_user_id text, p_name text) returns users language plpgsql as $$
declare
  person users;
  v_id uuid;
begin
  if p_phone is not null then
    select * into person from users where tenant_id = p_tenant and phone = p_phone;
  else
    select * into person from users where tenant_id = p_tenant and wa_user_id = p_wa_user_id;
  end if;
  -- Somebody new, or by another name or id so far.
  if person.id is null or person.wa_user_id <> p_wa_user_id or (person.wa_user_id is null and p_wa_user_id is not null)
     or person.name is distinct from coalesce(p_name, person.name) then
    v_id := find_or_create_user(p_tenant, p_phone, p_wa_user_id, p_name);
    select * into person from users where id = v_id;
  end if;
  return person;
end $$;
