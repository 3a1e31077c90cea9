-- In plpgsql, because PostgreSQL before 18 plans what is written in sql anew at every call.
create or replace function record_turn(p_turn uuid, p_state text, r jsonb) returns void language plpgsql as $$
begin
  update turns set state = p_state,
      intent = r ->> 'intent', confidence = (r ->> 'confidence')::real, decided_by = r ->> 'decidedBy',
      language = r ->> 'language', intent_model = r ->> 'intentModel', reply_model = r ->> 'replyModel',
      input_tokens = (r ->> 'inputTokens')::integer, output_tokens = (r ->> 'outputTokens')::integer,
      cost_usd = (r ->> 'costUsd')::numeric, stages_ms = r -> 'stagesMs', rung = r ->> 'rung', errors = r -> 'errors',
      rounds = (r ->> 'rounds')::integer, trace_id = r ->> 'traceId',
      ended_at = case when p_state <> 'drafted' then clock_timestamp() end
    where id = p_turn;
end $$;
