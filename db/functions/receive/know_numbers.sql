-- A number is a tenant from the first time that anything comes for it.
create or replace function know_numbers(p_phone_number_ids jsonb) returns void language plpgsql as $$
begin
  insert into tenants (phone_number_id)
    select n from jsonb_array_elements_text(p_phone_number_ids) n where not exists (select 1 from tenants where phone_number_id = n)
    on conflict do nothing;
end $$;
