-- Returns a company's passages: the live ones, or those of a trial, which is the live ones with some replaced (`slug`, `language`, `title`,
-- `body`, `keywords`) or, without a title, left out. A trial's are made searchable as the table's generated columns are; a test compares.
-- Locks nothing; not strict, so that a statement that asks for the live ones reads the table itself.
create or replace function passages_of(p_tenant_id uuid, p_trial jsonb) returns setof knowledge language sql stable as $$
  select k.* from knowledge k
    where k.tenant_id = p_tenant_id
      and (p_trial is null or not exists (
        select from jsonb_to_recordset(p_trial) as t (slug text, language text) where t.slug = k.slug and t.language = k.language))
  union all
  select null::uuid, p_tenant_id, t.slug, t.language, t.title, t.body, t.keywords,
      setweight(to_tsvector(knowledge_config(t.language), knowledge_plain(t.title)), 'A')
        || setweight(to_tsvector(knowledge_config(t.language), knowledge_plain(t.keywords)), 'B')
        || setweight(to_tsvector(knowledge_config(t.language), knowledge_plain(t.body)), 'D'),
      tsvector_to_array(to_tsvector('simple', lower(
        regexp_replace(normalize(t.title || ' ' || t.keywords || ' ' || t.body, nfd), '[\u0300-\u036f]', '', 'g'))))
    from jsonb_to_recordset(p_trial) as t (slug text, language text, title text, body text, keywords text)
    where t.title is not null
$$;
