-- Returns what somebody typed as a query for search_terms: up to 8 words, all of which must be there; what stands last may be only begun, from
-- three letters on. Null without words.
create or replace function search_query(p_tenant_id uuid, p_words text) returns tsquery language plpgsql immutable as $$
declare
  v_own text := '~' || p_tenant_id;
  v_words text[] := array_remove(tsvector_to_array(search_terms(p_tenant_id, p_words, null)), v_own);
  v_last text[] := tsvector_to_array(search_terms(p_tenant_id, substring(p_words from '\S+\s*$'), null));
begin
  if cardinality(v_words) = 0 then return null; end if;
  return (
    select string_agg(quote_literal(word) || case when length(word) > 2 and word = any (v_last) then ':*' else '' end, ' & ')
      from unnest(v_words[1:8]) word)::tsquery && quote_literal(v_own)::tsquery;
end $$;
