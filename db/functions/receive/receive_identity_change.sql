-- Applies a change of a customer's phone or user id, or defers it while a reply to them is being sent or an earlier change waits. Locks
-- as change_identity.
create or replace function receive_identity_change(p_tenant_id uuid, p_change jsonb) returns void language plpgsql as $$
begin
  if exists (select from deferred_identity_changes d where d.tenant_id = p_tenant_id and follows_identity_change(p_change, d.change))
     or not change_identity(p_tenant_id, p_change) then
    insert into deferred_identity_changes (tenant_id, change) values (p_tenant_id, p_change);
  end if;
end $$;
