-- The person of a message: known by business-scoped id first, then by phone. A message that carries both joins the
-- record of the id with the record of a phone that never had an id. The person stays until the transaction ends: the purge
-- passes over whoever is being looked at.
create or replace function find_or_create_user(p_tenant uuid, p_phone text, p_wa_user_id text, p_name text)
returns uuid language plpgsql as $$
declare
  person users;
  other users;
  renamed users;
begin
  loop
    select * into person from users
      where tenant_id = p_tenant and (wa_user_id = p_wa_user_id or phone = p_phone)
      order by (wa_user_id = p_wa_user_id) desc nulls last limit 1;
    -- A phone that was somebody else's: the number moved on, the business-scoped id is the person.
    if person.id is not null and person.wa_user_id <> p_wa_user_id then
      update users set phone = null where id = person.id;
      person := null;
    end if;
    if person.id is not null then
      if p_phone is not null and person.phone is distinct from p_phone then
        select * into other from users where tenant_id = p_tenant and phone = p_phone and id <> person.id;
        if other.wa_user_id is not null then
          update users set phone = null where id = other.id;
        elsif other.id is not null then
          perform merge_people(person.id, other.id);
        end if;
      end if;
      update users set
          name = coalesce(p_name, name),
          wa_user_id = coalesce(wa_user_id, p_wa_user_id),
          phone = case when exists (select 1 from users o where o.tenant_id = p_tenant and o.phone = p_phone and o.id <> person.id)
                       then phone else coalesce(p_phone, phone) end
        where id = person.id
          and (name is distinct from coalesce(p_name, name) or wa_user_id is distinct from coalesce(wa_user_id, p_wa_user_id)
               or phone is distinct from coalesce(p_phone, phone))
        returning * into renamed;
      if renamed.wa_user_id is distinct from person.wa_user_id or renamed.phone is distinct from person.phone then
        perform recall_choices(renamed);
      end if;
      perform from users where id = person.id for key share;
      if found then return person.id; end if;
    else
      insert into users (tenant_id, phone, wa_user_id, name) values (p_tenant, p_phone, p_wa_user_id, p_name)
        on conflict do nothing returning * into person;
      if person.id is not null then
        perform recall_choices(person);
        return person.id;
      end if;
    end if;
    -- Somebody else inserted, joined or purged the same person at this moment: look again.
  end loop;
end $$;
