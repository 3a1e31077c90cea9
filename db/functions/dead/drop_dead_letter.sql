-- Drops a dead letter: it is no longer listed, and the purge may delete it. Locks the conversation, then the turn and its messages.
create or replace function drop_dead_letter(p_turn_id uuid) returns jsonb language plpgsql as $$
declare
  v_dropped integer;
begin
  perform from conversations where id = (select conversation_id from turns where id = p_turn_id) for update;
  update turns set state = 'dropped' where id = p_turn_id and state = 'dead';
  if not found then return jsonb_build_object('outcome', 'not_found'); end if;
  update messages set state = 'withheld', updated_at = clock_timestamp()
    where turn_id = p_turn_id and direction = 'out' and state = 'draft';
  update messages set state = 'dropped', updated_at = clock_timestamp()
    where turn_id = p_turn_id and direction = 'in' and state = 'dead';
  get diagnostics v_dropped = row_count;
  return jsonb_build_object('outcome', 'dropped', 'messages', v_dropped);
end $$;
