-- True while a message of an operator waits to be sent besides this turn. Locks nothing.
create or replace function operator_waits(p_conversation_id uuid, p_turn_id uuid) returns boolean language plpgsql stable as $$
begin
  return exists (
    select from turns where conversation_id = p_conversation_id and state = 'drafted' and rung = 'operator' and id <> p_turn_id);
end $$;
