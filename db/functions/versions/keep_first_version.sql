-- Keeps what a company said before versions were kept as its version 1, so that there is a way back to it; returns its row. Does nothing for a
-- company that has versions or passages of none. The caller has locked the tenant.
create or replace function keep_first_version(p_tenant tenants) returns tenants language plpgsql as $$
begin
  if p_tenant.version is not null or not exists (select from knowledge where tenant_id = p_tenant.id) then return p_tenant; end if;
  insert into versions (tenant_id, number, profile, intents, tools, passages, note, items, created_at, live_at)
    values (p_tenant.id, 1, p_tenant.profile, p_tenant.intents, p_tenant.tools, passages_json(p_tenant.id), '', '[]', p_tenant.created_at,
      p_tenant.created_at);
  update tenants set version = 1 where id = p_tenant.id returning * into p_tenant;
  return p_tenant;
end $$;
