-- Changes some of a company's settings and returns what is stored then; those that are not named stay, also within a part such as `csat`, so
-- that two people who change different ones never undo one another. Locks the tenant.
create or replace function change_settings(p_tenant_id uuid, p_changes jsonb) returns jsonb language sql as $$
  update tenants set settings = settings || coalesce((
      select jsonb_object_agg(key, case when jsonb_typeof(value) = 'object' and jsonb_typeof(settings -> key) = 'object'
                                        then (settings -> key) || value else value end)
        from jsonb_each(p_changes)), '{}')
    where id = p_tenant_id returning settings
$$;
