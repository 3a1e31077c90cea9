-- Creates a tenant for each number that has none yet. Locks no existing row.
create or replace function ensure_tenants(p_phone_number_ids jsonb) returns void language plpgsql as $$
begin
  insert into tenants (phone_number_id)
    select n from jsonb_array_elements_text(p_phone_number_ids) n where not exists (select from tenants where phone_number_id = n)
    on conflict do nothing;
end $$;
