-- Returns the word of a company's passages (passages_of) that is most like one with typing errors, by its letters, by its sound, or because two
-- letters changed places; null when none is. Short words and numbers are like too many others. The least likeness was chosen
-- by the questions in tests/knowledge/typing-errors.ts.
create or replace function nearest_passage_word(p_tenant_id uuid, p_trial jsonb, p_word text) returns text language sql stable as $$
  with typed as (
    select p_word as word, word_sound(p_word) as sound, array(
      select overlay(p_word placing reverse(substr(p_word, place, 2)) from place for 2) from generate_series(1, length(p_word) - 1) place
    ) as swapped
  ), candidates as (
    select distinct unnest(words) as candidate from passages_of(p_tenant_id, p_trial)
  ), likely as (
    select candidate, case when candidate = any (swapped) then 1
        else greatest(similarity(candidate, word), similarity(word_sound(candidate), sound)) end as likeness
      from candidates cross join typed
      where length(word) >= 4 and word !~ '\d' and length(candidate) >= 4 and abs(length(candidate) - length(word)) <= 2
  )
  select candidate from likely where likeness >= 0.4 order by likeness desc, abs(length(candidate) - length(p_word)), candidate limit 1
$$;
