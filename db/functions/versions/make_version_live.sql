-- Makes an earlier or a proposed version live, in one act; returns `live`, `unknown` when there is none of that number, or `moved` when
-- another one than `p_expected` has become live meanwhile. Locks the tenant, then as apply_version.
create or replace function make_version_live(p_tenant_id uuid, p_number integer, p_expected integer) returns text language plpgsql as $$
declare
  v_live integer;
begin
  select version into v_live from tenants where id = p_tenant_id for no key update;
  if not exists (select from versions where tenant_id = p_tenant_id and number = p_number) then return 'unknown'; end if;
  if v_live is distinct from p_expected then return 'moved'; end if;
  if v_live is distinct from p_number then perform apply_version(p_tenant_id, p_number); end if;
  return 'live';
end $$;
