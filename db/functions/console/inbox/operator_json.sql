-- Returns an operator's id and name; null for none.
create or replace function operator_json(p_operator_id uuid) returns jsonb language sql stable as $$
  select jsonb_build_object('id', id, 'name', name) from operators where id = p_operator_id
$$;
