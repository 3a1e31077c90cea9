-- Returns what a new owner has done and has still to do (StartView), and how many customers belong to the demonstration. Locks nothing.
create or replace function start_json(p_tenant_id uuid) returns jsonb language sql stable as $$
  select jsonb_build_object(
    'demo', (select count(*) from customers where tenant_id = p_tenant_id and demo),
    'steps', jsonb_build_array(
      jsonb_build_object('name', 'connect', 'done',
        exists (select from customers where tenant_id = p_tenant_id and not demo)),
      jsonb_build_object('name', 'test', 'done', exists (
        select from turns t join conversations c on c.id = t.conversation_id join customers u on u.id = c.customer_id
          where t.tenant_id = p_tenant_id and t.state = 'answered' and not u.demo)),
      jsonb_build_object('name', 'company', 'done', exists (select from knowledge where tenant_id = p_tenant_id)),
      jsonb_build_object('name', 'invite', 'done',
        (select count(*) from memberships where tenant_id = p_tenant_id) > 1
        or exists (select from invitations where tenant_id = p_tenant_id and not signs_in)),
      jsonb_build_object('name', 'handoffs', 'done', exists (
        select from handoffs h join conversations c on c.id = h.conversation_id join customers u on u.id = c.customer_id
          where h.tenant_id = p_tenant_id and h.taken_by is not null and not u.demo))))
$$;
