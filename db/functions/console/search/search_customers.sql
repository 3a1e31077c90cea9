-- Returns the conversations of customers who fit a query: of the first 2000 found. Only through the index, as the words of all would have
-- to be read otherwise.
create or replace function search_customers(p_tenant_id uuid, p_query tsquery) returns uuid[] language sql stable set enable_seqscan = off as $$
  select array(
    select c.id from (
      select id from customers
        where tenant_id = p_tenant_id and search_terms(tenant_id, name, phone_parts(phone)) @@ p_query limit 2000) u
      join conversations c on c.customer_id = u.id)
$$;
