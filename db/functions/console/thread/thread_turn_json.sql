-- Returns a turn as the thread shows it (ThreadTurn).
create or replace function thread_turn_json(p_turn turns) returns jsonb language sql stable as $$
  select jsonb_build_object('id', p_turn.id, 'at', epoch_ms(p_turn.started_at), 'state', p_turn.state, 'intent', p_turn.intent,
    'confidence', p_turn.confidence, 'rung', p_turn.rung, 'waitMs', p_turn.stages_ms -> 'wait', 'costUsd', p_turn.cost_usd,
    'toolCalls', coalesce((
      select jsonb_agg(jsonb_build_object('name', name, 'input', input, 'output', output, 'ms', ms, 'failed', failed) order by id)
        from tool_calls where turn_id = p_turn.id), '[]'),
    'errors', p_turn.errors)
$$;
