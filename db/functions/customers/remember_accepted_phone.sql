-- Remembers the spelling of a customer's phone that Meta accepted after it had refused the delivered one, which one of the parts names.
-- The caller has locked the conversation; this locks the customer.
create or replace function remember_accepted_phone(p_customer_id uuid, p_parts jsonb) returns void language plpgsql as $$
begin
  update customers set accepted_phone = jsonb_path_query_first(p_parts, '$[*].acceptedPhone') #>> '{}' where id = p_customer_id;
end $$;
