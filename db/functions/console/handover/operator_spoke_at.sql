-- Returns when an operator last wrote in a conversation, from any app; null when none has. Locks nothing.
create or replace function operator_spoke_at(p_conversation_id uuid) returns timestamptz language sql stable as $$
  select max(created_at) from messages
    where conversation_id = p_conversation_id and direction = 'out' and author = 'operator' and state not in ('withheld', 'failed')
$$;
