-- Gives an operator another role in a company, or with null removes them. Returns `done`, `not_found`, or `last_owner`: a company keeps
-- one. Whoever is no owner any more loses the open invitations they made, whoever may not act any more their conversations, and somebody
-- without a company their sessions. Locks the company's owners and the membership, in the order of their ids, so that two owners cannot
-- remove each other at once, then conversations.
create or replace function change_membership(p_tenant_id uuid, p_operator_id uuid, p_role text) returns text language plpgsql as $$
declare
  v_role text;
begin
  perform from memberships where tenant_id = p_tenant_id and (role = 'owner' or operator_id = p_operator_id)
    order by operator_id for update;
  select role into v_role from memberships where tenant_id = p_tenant_id and operator_id = p_operator_id;
  if v_role is null then return 'not_found'; end if;
  if v_role = 'owner' and p_role is distinct from 'owner'
    and not exists (select from memberships
                      where tenant_id = p_tenant_id and role = 'owner' and operator_id <> p_operator_id) then
    return 'last_owner';
  end if;
  if p_role is distinct from 'owner' then
    delete from invitations where tenant_id = p_tenant_id and used_at is null
      and (invited_by = p_operator_id or email = (select email from operators where id = p_operator_id));
  end if;
  if p_role is null or p_role = 'viewer' then
    perform free_conversations(p_tenant_id, p_operator_id);
  end if;
  if p_role is not null then
    update memberships set role = p_role where tenant_id = p_tenant_id and operator_id = p_operator_id;
    return 'done';
  end if;
  delete from memberships where tenant_id = p_tenant_id and operator_id = p_operator_id;
  delete from sessions where operator_id = p_operator_id
    and not exists (select from memberships where operator_id = p_operator_id);
  return 'done';
end $$;
