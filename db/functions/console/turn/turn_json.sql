-- Returns a turn with all that is known of it (StoredTurn); null when the company (null: any) has no such turn. Locks nothing.
create or replace function turn_json(p_tenant_id uuid, p_turn_id uuid) returns jsonb language plpgsql stable as $$
declare
  v_turn turns;
  v_calls jsonb;
begin
  select * into v_turn from turns where id = p_turn_id and (p_tenant_id is null or tenant_id = p_tenant_id);
  if v_turn.id is null then return null; end if;
  select calls into v_calls from exchanges where turn_id = v_turn.id;
  return jsonb_build_object(
    'id', v_turn.id, 'tenantId', v_turn.tenant_id, 'conversationId', v_turn.conversation_id,
    'at', epoch_ms(v_turn.started_at), 'endedAt', epoch_ms(v_turn.ended_at), 'state', v_turn.state, 'intent', v_turn.intent,
    'confidence', v_turn.confidence, 'decidedBy', v_turn.decided_by, 'language', v_turn.language,
    'intentModel', v_turn.intent_model, 'replyModel', v_turn.reply_model, 'inputTokens', v_turn.input_tokens,
    'outputTokens', v_turn.output_tokens, 'cachedTokens', v_turn.cached_tokens, 'modelChoice', v_turn.model_choice, 'costUsd', v_turn.cost_usd, 'models', v_turn.models, 'stagesMs', v_turn.stages_ms, 'rung', v_turn.rung,
    'errors', v_turn.errors, 'rounds', v_turn.rounds, 'traceId', v_turn.trace_id, 'version', v_turn.version,
    'toolCalls', coalesce((
      select jsonb_agg(jsonb_build_object('name', name, 'input', input, 'output', output, 'ms', ms, 'failed', failed) order by id)
        from tool_calls where turn_id = v_turn.id), '[]'),
    'asked', coalesce((
      select jsonb_agg(transcript_json(m) order by m.sent_at, m.seq) from messages m where m.turn_id = v_turn.id and m.direction = 'in'), '[]'),
    'replies', coalesce((
      select jsonb_agg(transcript_json(m)::jsonb || jsonb_build_object('state', m.state, 'metaCodes', m.meta_codes) order by m.created_at, m.id)
        from messages m where m.turn_id = v_turn.id and m.direction = 'out'), '[]'),
    'calls', v_calls,
    'prompts', coalesce((
      select jsonb_object_agg(p.key, p.text) from prompts p
        where p.tenant_id = v_turn.tenant_id and p.key in (select c ->> 'prompt' from jsonb_array_elements(v_calls) c)), '{}'));
end $$;
