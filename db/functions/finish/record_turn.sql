-- Writes a turn's record (TurnRecord). Locks the turn. In plpgsql, because PostgreSQL before 18 plans functions in sql anew at every
-- call.
create or replace function record_turn(p_turn_id uuid, p_state text, p_record jsonb) returns void language plpgsql as $$
begin
  update turns set state = p_state, guess = nullif(p_record -> 'guess', 'null'),
      intent = p_record ->> 'intent', confidence = (p_record ->> 'confidence')::real, decided_by = p_record ->> 'decidedBy',
      language = p_record ->> 'language', intent_model = p_record ->> 'intentModel', reply_model = p_record ->> 'replyModel',
      input_tokens = (p_record ->> 'inputTokens')::integer, output_tokens = (p_record ->> 'outputTokens')::integer,
      cached_tokens = coalesce((p_record ->> 'cachedTokens')::integer, 0), model_choice = p_record ->> 'modelChoice',
      cost_usd = (p_record ->> 'costUsd')::numeric, models = nullif(p_record -> 'models', 'null'), stages_ms = p_record -> 'stagesMs', rung = p_record ->> 'rung',
      errors = p_record -> 'errors', rounds = (p_record ->> 'rounds')::integer, trace_id = p_record ->> 'traceId',
      ended_at = case when p_state <> 'drafted' then clock_timestamp() end
    where id = p_turn_id;
end $$;
