-- Returns the meaningful words of a question as a company's passages have them (passages_of): each as it is when a passage has it,
-- otherwise the nearest one, otherwise as it is. A courtesy with typing errors ("buenso") is seen as one now.
create or replace function passage_terms(p_tenant_id uuid, p_trial jsonb, p_query text) returns setof text language sql stable as $$
  select distinct meant from knowledge_words(p_query) word cross join lateral (
      select case
          when exists (
            select from passages_of(p_tenant_id, p_trial) where search @@ plainto_tsquery(knowledge_config(language), word)
          ) then word
          else coalesce(nearest_passage_word(p_tenant_id, p_trial, word), word)
        end as corrected
    ) corrections cross join lateral knowledge_words(corrected) meant
$$;
