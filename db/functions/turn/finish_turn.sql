-- Ends a turn (FinishInput and Finished of lib/types/turn-store.ts). Locks the conversation's row first, then its messages; counters come
-- last. Whoever stores a message meets the same row lock, so that the answer says whether something new waits.
create or replace function finish_turn(p jsonb) returns jsonb language plpgsql
set plan_cache_mode = force_generic_plan set lock_timeout = '2s' as $$
declare
  talk conversations;
  r jsonb := p -> 'record';
  v_turn uuid := (p ->> 'turnId')::uuid;
  v_result text := p ->> 'result';
  v_state text;
  v_effects text[];
  v_effect text;
  v_changed jsonb;
  v_handoff jsonb;
  happened text[] := '{}';
  settled record;
  -- Some part of it may have been sent.
  tried boolean;
begin
  select * into talk from conversations where id = (p ->> 'conversationId')::uuid for update;
  if talk.id is null or talk.epoch <> (p ->> 'epoch')::bigint then
    -- What was sent is a fact, whoever holds the lease now; the rest is the successor's to say.
    perform record_sent(jsonb_path_query_array(p -> 'parts', '$[*] ? (@.outcome == "accepted")'));
    perform confirm_turn(v_turn);
    return jsonb_build_object('held', false, 'news', false, 'handoff', null);
  end if;

  select state into v_state from turns where id = v_turn;
  if v_result = 'retry' and v_state not in ('running', 'drafted') then
    -- It ended, only the answer that said so was lost: there is nothing to try again.
    return jsonb_build_object('held', true, 'news', talk.received_seq > talk.answered_seq, 'handoff', null);
  end if;
  if jsonb_path_exists(p, '$.parts[*] ? (@.outcome == "ambiguous")') then
    happened := unanswered_sends(array(
      select (x ->> 'id')::uuid from jsonb_array_elements(p -> 'parts') x where x ->> 'outcome' = 'ambiguous'));
  end if;
  -- A draft that is still to be sent stays a draft: the next holder sends it.
  v_effects := record_sent(p -> 'parts');
  if v_result = 'dead' or (v_result = 'answered'
       and (p -> 'parts' = '[]' or jsonb_path_exists(p, '$.parts[*] ? (@.outcome == "withheld")'))) then
    settled := settle_result(p, v_turn);
    v_result := settled.result;
    tried := settled.tried;
    if settled.arrived then p := p || '{"effects": []}'; end if;
    if settled.suppressed then happened := happened || 'suppressed'::text; end if;
  end if;
  if (p ->> 'handoffTold')::boolean then
    update handoffs set notified_at = clock_timestamp() where turn_id = v_turn and notified_at is null;
  end if;
  if v_result <> 'retry' or v_state <> 'drafted' then v_state := v_result; end if;
  if jsonb_typeof(r) = 'object' then
    perform record_turn(v_turn, v_state, r);
  else
    update turns set state = v_state, ended_at = clock_timestamp(), errors = errors || coalesce(to_jsonb(p ->> 'failure'), '[]')
      where id = v_turn;
  end if;

  if v_result = 'retry' then
    -- Whatever was sent was sent before this, also when nothing is said of it.
    update messages set updated_at = clock_timestamp()
      where turn_id = v_turn and direction = 'out' and state in ('draft', 'ambiguous');
    talk.retry_at := clock_timestamp() + (p ->> 'retryAfterMs')::integer * interval '1 millisecond';
  elsif v_result <> 'withheld' or tried then
    -- What was withheld before anything of it was sent has answered nothing.
    update messages set turn_id = v_turn, state = case when v_result = 'dead' then 'dead' else state end
      where conversation_id = talk.id and direction = 'in' and turn_id is null
        and seq > talk.answered_seq and seq <= (p ->> 'throughSeq')::bigint;
    talk.answered_seq := greatest(talk.answered_seq, (p ->> 'throughSeq')::bigint);
    talk.previous_rung := coalesce(r ->> 'rung', talk.previous_rung);
  end if;
  if v_result <> 'retry' then
    -- After a handoff, whatever came meanwhile is the person's to read.
    if talk.status <> 'bot' then talk.answered_seq := talk.received_seq; end if;
    talk.attempts := 0;
  end if;
  update conversations set answered_seq = talk.answered_seq, attempts = talk.attempts, retry_at = talk.retry_at,
      previous_rung = talk.previous_rung, lease_expires_at = null,
      -- What this holder asked and got no answer to comes to nothing, should it arrive after this.
      epoch = case when v_result = 'retry' then talk.epoch + 1 else talk.epoch end,
      open_since = case when talk.received_seq <= talk.answered_seq then null
                        when v_result = 'retry' then talk.open_since else clock_timestamp() end
    where id = talk.id;
  if p -> 'effects' <> '[]' then v_effects := v_effects || array(select jsonb_array_elements_text(p -> 'effects')); end if;
  foreach v_effect in array v_effects loop
    v_changed := apply_failure(talk.id, v_effect, talk.answered_seq);
    if jsonb_typeof(v_changed) = 'object' then v_handoff := v_changed; end if;
    select received_seq into talk.received_seq from conversations where id = talk.id;
  end loop;
  if v_result = 'dead' then happened := happened || 'dead'::text; end if;
  if happened <> '{}' then perform raise_counters(talk.tenant_id, happened); end if;
  return jsonb_build_object('held', true, 'news', v_result <> 'retry' and talk.received_seq > talk.answered_seq, 'handoff', v_handoff);
end $$;
