-- Likeness of words, for questions with typing errors.
create extension if not exists pg_trgm;

alter table knowledge
  -- The passage's words without accents, for the nearest one to a word that is in no passage.
  add column words text[] not null generated always as (tsvector_to_array(to_tsvector('pg_catalog.simple',
    lower(regexp_replace(normalize(title || ' ' || keywords || ' ' || body, nfd), '[\u0300-\u036f]', '', 'g'))))) stored;
