-- Gives a dead turn up for good: it is listed no more, and the purge may take it.
create or replace function drop_dead(p_turn uuid) returns jsonb language plpgsql as $$
declare
  dropped integer;
begin
  perform 1 from conversations where id = (select conversation_id from turns where id = p_turn) for update;
  update turns set state = 'dropped' where id = p_turn and state = 'dead';
  if not found then return jsonb_build_object('outcome', 'not_found'); end if;
  update messages set state = 'withheld', updated_at = clock_timestamp()
    where turn_id = p_turn and direction = 'out' and state = 'draft';
  update messages set state = 'dropped', updated_at = clock_timestamp()
    where turn_id = p_turn and direction = 'in' and state = 'dead';
  get diagnostics dropped = row_count;
  return jsonb_build_object('outcome', 'dropped', 'messages', dropped);
end $$;
