-- Takes back a turn of which the process that started it never learned. Locks the conversation first, then the turn.
create or replace function release_turn(p_turn_id uuid) returns void language plpgsql as $$
declare
  v_conversation conversations;
begin
  select * into v_conversation from conversations where id = (select conversation_id from turns where id = p_turn_id) for update;
  update turns set state = 'abandoned', ended_at = clock_timestamp()
    where id = p_turn_id and state = 'running' and epoch = v_conversation.epoch;
  if found then perform save_conversation(change_lease(v_conversation, 'undo')); end if;
end $$;
