-- Returns a company's latest questions for which the knowledge base had nothing: the first of a turn, in which no other words found a passage
-- either. Each with its meaningful words as they sound. Reads at most the 50,000 latest of all companies. Locks nothing.
create or replace function unanswered_questions(p_tenant_id uuid, p_from timestamptz, p_to timestamptz, p_limit integer)
returns table (o_at timestamptz, o_language text, o_question text, o_sound text) language sql stable as $$
  with latest as (
    select id, turn_id, input ->> 'query' as question, created_at from tool_calls
      where name = 'lookup' and output ->> 'error' = 'nothing found' and created_at >= p_from and created_at < p_to
      order by created_at desc limit 50000),
  asked as materialized (
    select l.created_at, t.language, regexp_replace(btrim(l.question), '\s+', ' ', 'g') as question
      from latest l join turns t on t.id = l.turn_id
      where t.tenant_id = p_tenant_id and t.state not in ('overtaken', 'abandoned') and l.question <> '' and not exists (
        select from tool_calls o where o.turn_id = l.turn_id and o.name = 'lookup'
          and (o.output ? 'passages' or o.id < l.id and o.output ->> 'error' = 'nothing found'))
      order by l.created_at desc limit p_limit)
  select created_at, coalesce(language, ''), question,
         coalesce((select string_agg(word_sound(word), ' ' order by word) from knowledge_words(question) word), knowledge_plain(question))
    from asked
$$;
