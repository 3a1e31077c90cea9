-- Loads a company's folder for a business number as a version that is live at once; returns the tenant's id. Nothing changes when it says
-- what is live already. Locks as save_version.
create or replace function load_company(p_phone_number_id text, p_version jsonb) returns uuid language plpgsql as $$
declare
  v_tenant_id uuid;
begin
  insert into tenants (phone_number_id) values (p_phone_number_id) on conflict (phone_number_id) do nothing;
  select id into v_tenant_id from tenants where phone_number_id = p_phone_number_id;
  perform save_version(v_tenant_id, p_version || '{"live": true}');
  return v_tenant_id;
end $$;
