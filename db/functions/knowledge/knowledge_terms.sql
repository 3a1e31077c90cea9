-- Returns the meaningful words of a question as a tenant's passages have them: each as it is when a passage has it, otherwise
-- the nearest one, otherwise as it is. A courtesy with typing errors ("buenso") is seen as one now.
create or replace function knowledge_terms(p_tenant_id uuid, p_query text) returns setof text language sql stable strict as $$
  select distinct meant from knowledge_words(p_query) word cross join lateral (
      select case
          when exists (
            select from knowledge where tenant_id = p_tenant_id and search @@ plainto_tsquery(knowledge_config(language), word)
          ) then word
          else coalesce(nearest_knowledge_word(p_tenant_id, word), word)
        end as corrected
    ) corrections cross join lateral knowledge_words(corrected) meant
$$;
