-- What the company tells its customers: passages in one language each, found by full-text search.

-- Lower case without accents, so that "envio" finds "envío"; the endings -ción and -ção get theirs back, because the
-- stemmers know "devoluciones" and "devolución" as one word only with them.
create function knowledge_plain(input text) returns text language sql immutable strict parallel safe as $$
  select regexp_replace(regexp_replace(regexp_replace(
      lower(regexp_replace(normalize(input, nfd), '[\u0300-\u036f]', '', 'g')),
    '(\w)cion\M', '\1ción', 'g'), '(\w)cao\M', '\1ção', 'g'), '(\w)coes\M', '\1ções', 'g')
$$;

create function knowledge_config(language text) returns regconfig language sql immutable strict parallel safe as $$
  select case language when 'es' then 'pg_catalog.spanish'::regconfig
                       when 'pt' then 'pg_catalog.portuguese'::regconfig
                       else 'pg_catalog.english'::regconfig end
$$;

-- The words of a question that say what it is about: no stop word of any of the three languages, and nothing polite.
create function knowledge_words(query text) returns setof text language sql immutable strict parallel safe as $$
  select word from unnest(tsvector_to_array(to_tsvector('pg_catalog.simple', knowledge_plain(query)))) word
    where numnode(plainto_tsquery('pg_catalog.spanish', word)) > 0
      and numnode(plainto_tsquery('pg_catalog.portuguese', word)) > 0
      and numnode(plainto_tsquery('pg_catalog.english', word)) > 0
      and word <> all (string_to_array(
        'hola buenas buenos dias tardes noches gracias favor quiero quisiera queria saber puedo pueden puede podria '
        'cuanto cuanta cuantos cuantas necesito ustedes '
        'hello hi hey thanks please want know like much many need could tell '
        'oi ola bom boa obrigado obrigada quero gostaria posso podem pode quanto quanta quantos quantas preciso voces', ' '))
$$;

create table knowledge (
  id uuid primary key default gen_random_uuid(),
  tenant_id uuid not null references tenants on delete cascade,
  slug text not null,
  language text not null check (language in ('es', 'en', 'pt')),
  title text not null,
  body text not null,
  -- Other words that customers use for this; searched, never shown.
  keywords text not null default '',
  search tsvector not null generated always as (
    setweight(to_tsvector(knowledge_config(language), knowledge_plain(title)), 'A')
    || setweight(to_tsvector(knowledge_config(language), knowledge_plain(keywords)), 'B')
    || setweight(to_tsvector(knowledge_config(language), knowledge_plain(body)), 'D')
  ) stored,
  -- Also how a search finds its passages: all of one tenant, some hundreds at most, are ranked. A GIN index over all
  -- tenants' words was tried with 4,800 passages and never chosen.
  unique (tenant_id, slug, language)
);
