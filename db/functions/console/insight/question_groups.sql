-- Returns a company's latest questions without an answer in groups of what is asked alike (UnansweredQuestions): by the letters of their
-- meaningful words as they sound, within a language. The most frequent begin groups, at most 200, and each goes to the group that it is most
-- like; so the same questions always make the same groups, and the work is bounded. The least likeness was chosen by
-- tests/console/insight/questions.test.ts. Locks nothing.
create or replace function question_groups(p_tenant_id uuid, p_from timestamptz, p_to timestamptz, p_questions integer, p_groups integer) returns jsonb
language plpgsql stable as $$
declare
  -- One more than are shown tells whether there are more.
  v_asked jsonb := (
    select coalesce(jsonb_agg(jsonb_build_object('at', o_at, 'language', o_language, 'question', o_question, 'sound', o_sound)), '[]')
      from unanswered_questions(p_tenant_id, p_from, p_to, p_questions + 1));
  -- The first of each group, and the place of the group of each question as it sounds.
  v_languages text[] := '{}';
  v_sounds text[] := '{}';
  v_places jsonb := '{}';
  v_asked_as record;
  v_place integer;
begin
  for v_asked_as in
    select language, sound, jsonb_build_array(language, sound)::text as key
      from jsonb_to_recordset(v_asked) as q(at timestamptz, language text, sound text)
      group by language, sound order by count(*) desc, max(at) desc, language, sound
  loop
    select g.place into v_place
      from unnest(v_languages, v_sounds) with ordinality as g(language, sound, place), similarity(g.sound, v_asked_as.sound) likeness
      where g.language = v_asked_as.language and likeness >= 0.5 order by likeness desc, g.place limit 1;
    if not found then
      continue when cardinality(v_sounds) = 200;
      v_languages := v_languages || v_asked_as.language;
      v_sounds := v_sounds || v_asked_as.sound;
      v_place := cardinality(v_sounds);
    end if;
    v_places := v_places || jsonb_build_object(v_asked_as.key, v_place);
  end loop;
  return (
    with asked as materialized (
      select q.*, (v_places ->> jsonb_build_array(q.language, q.sound)::text)::integer as place
        from jsonb_to_recordset(v_asked) as q(at timestamptz, language text, question text, sound text)
        order by q.at desc limit p_questions),
    wordings as (
      select place, language, question, count(*) as n, max(at) as last_at,
             row_number() over (partition by place order by count(*) desc, max(at) desc, question) as rank
        from asked group by place, language, question),
    groups as (
      select place, language, sum(n) as n, max(last_at) as last_at, jsonb_agg(question order by rank) filter (where rank <= 3) as wordings
        from wordings group by place, language),
    ranked as (select *, row_number() over (order by n desc, last_at desc, place) as rank from groups where place is not null)
    select jsonb_build_object('asked', (select count(*) from asked), 'more', jsonb_array_length(v_asked) > p_questions,
        'others', (select count(*) from asked) - coalesce(sum(n) filter (where rank <= p_groups), 0), 'groups', coalesce(jsonb_agg(jsonb_build_object('n', n, 'language', nullif(language, ''),
          'lastMs', epoch_ms(last_at), 'wordings', wordings) order by rank) filter (where rank <= p_groups), '[]'))
      from ranked);
end $$;
