-- Returns an act as a turn reads it (Act). Whether its time is over goes by the database's clock.
create or replace function act_json(p_act acts) returns json language sql stable as $$
  select json_build_object('id', p_act.id, 'tool', p_act.tool, 'declared', p_act.declared, 'input', p_act.input,
    'question', p_act.question, 'language', p_act.language, 'state', p_act.state, 'code', p_act.code, 'answer', p_act.answer,
    'idempotencyKey', p_act.idempotency_key, 'attempts', p_act.attempts, 'messageId', p_act.message_id,
    'answeredBy', p_act.answered_by, 'decided', p_act.decided_at is not null, 'told', p_act.told_at is not null)
$$;
