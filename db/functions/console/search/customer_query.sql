-- Returns what somebody typed as a query for customers: all words in the name, or one of the phones (digits, from three on) in any part of
-- the number. Null without either.
create or replace function customer_query(p_tenant_id uuid, p_words text, p_phones jsonb) returns tsquery language sql immutable as $$
  select coalesce(search_query(p_tenant_id, p_words) || phones.query, search_query(p_tenant_id, p_words), phones.query) from (
    select string_agg(quote_literal(phone) || ':*', ' | ')::tsquery && quote_literal('~' || p_tenant_id)::tsquery as query
      from jsonb_array_elements_text(p_phones) phone where phone ~ '^\d{3,15}$') phones
$$;
