-- Updates a conversation after a turn: what is answered, and who may answer next. After a handoff, whatever came meanwhile is left to the
-- operator, whose own messages wait to be sent next. Changes the row in memory: the caller saves it.
create or replace function after_turn(p_conversation conversations, p_finish jsonb, p_result text, p_answers boolean) returns conversations
language plpgsql as $$
begin
  if p_result = 'retry' then
    return change_lease(p_conversation, 'retry', (p_finish ->> 'retryAfterMs')::integer);
  end if;
  if p_answers then
    p_conversation.previous_rung := coalesce(p_finish -> 'record' ->> 'rung', p_conversation.previous_rung);
  end if;
  p_conversation := mark_answered(p_conversation,
    case when p_conversation.status <> 'bot' and not operator_waits(p_conversation.id, (p_finish ->> 'turnId')::uuid)
           then p_conversation.received_seq
         when p_answers then (p_finish ->> 'throughSeq')::bigint
         else p_conversation.answered_seq end, clock_timestamp());
  return change_lease(p_conversation, 'end');
end $$;
