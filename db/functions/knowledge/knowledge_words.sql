-- Returns the meaningful words of a question: no stop words of the three languages, and no courtesies.
create or replace function knowledge_words(p_query text) returns setof text language sql immutable strict parallel safe as $$
  select word from unnest(tsvector_to_array(to_tsvector('pg_catalog.simple', knowledge_plain(p_query)))) word
    where numnode(plainto_tsquery('pg_catalog.spanish', word)) > 0
      and numnode(plainto_tsquery('pg_catalog.portuguese', word)) > 0
      and numnode(plainto_tsquery('pg_catalog.english', word)) > 0
      and word <> all (string_to_array(
        'hola buenas buenos dias tardes noches gracias favor quiero quisiera queria saber puedo pueden puede podria '
        'cuanto cuanta cuantos cuantas necesito ustedes '
        'hello hi hey thanks please want know like much many need could tell '
        'oi ola bom boa obrigado obrigada quero gostaria posso podem pode quanto quanta quantos quantas preciso voces', ' '))
$$;
