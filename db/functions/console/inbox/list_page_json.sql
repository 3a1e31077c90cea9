-- Returns a page of a list from the ids of up to 51 conversations in its order: 50 rows, and the cursor behind the last of them (null at the
-- end), which is its place in microseconds with its id.
create or replace function list_page_json(p_ids uuid[], p_places timestamptz[], p_operator_id uuid) returns jsonb language sql stable as $$
  select jsonb_build_object(
    'rows', coalesce((
      select jsonb_agg(conversation_row_json(c, p_operator_id) order by i.position)
        from unnest(p_ids[1:50]) with ordinality as i (id, position) join conversations c on c.id = i.id), '[]'),
    'next', case when cardinality(p_ids) > 50
      then floor(extract(epoch from p_places[50]) * 1000000)::bigint || '_' || p_ids[50] end)
$$;
