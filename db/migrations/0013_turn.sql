-- Draft and finish again, with as few statements inside as can be: each costs PostgreSQL more than what it finds.

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

-- What happens is counted in shares, one for all of a statement: several calls may have joined in it, and two statements that
-- raised two counters in another order could wait for each other.
alter table counters add column share integer not null default 0, drop constraint counters_pkey,
  add primary key (tenant_id, day, name, share);

create or replace function raise_counters(p_tenant uuid, p_names text[]) returns void language plpgsql as $$
begin
  if p_names <> '{}' then
    insert into counters as c (tenant_id, name, share, value)
      select p_tenant, name, txid_current() % 64, count(*) from unnest(p_names) name group by name order by name
      on conflict (tenant_id, day, name, share) do update set value = c.value + excluded.value;
  end if;
end $$;

-- The same for a number's throughput: one share for all that a statement books.
create or replace function reserve_throughput(p_tenant uuid, p_throughput integer, p_messages bigint) returns timestamptz language plpgsql as $$
declare
  shares integer := greatest(1, p_throughput / 40);
  -- A quarter of a second may come at once: so spaced, no second holds more than may go in it.
  each interval := interval '1.25 seconds' * shares / p_throughput;
  free timestamptz;
begin
  insert into number_pace as n (tenant_id, share, free_at)
    values (p_tenant, (txid_current() % shares)::integer, clock_timestamp() + p_messages * each)
    on conflict (tenant_id, share) do update set free_at = greatest(n.free_at, clock_timestamp()) + p_messages * each
    returning free_at into free;
  return free - p_messages * each - interval '250 milliseconds';
end $$;

create or replace function hold_and_reserve(talk conversations, p_lease_ms integer, p_messages integer) returns integer language plpgsql as $$
declare
  pair interval := pair_wait(talk.pair_free_at);
  booked boolean := p_messages > 0 and pair <= interval '8 seconds';
  v_throughput integer;
begin
  update conversations c set
      status = talk.status,
      lease_expires_at = clock_timestamp() + p_lease_ms * interval '1 millisecond',
      pair_free_at = case when booked then greatest(pair_free_at, clock_timestamp()) + p_messages * interval '6 seconds' else pair_free_at end
    where id = talk.id
    returning (select throughput from tenants t where t.id = c.tenant_id) into v_throughput;
  if booked and v_throughput is not null then
    pair := greatest(pair, reserve_throughput(talk.tenant_id, v_throughput, p_messages) - clock_timestamp());
  end if;
  return case when p_messages = 0 then 0 else ceil(extract(epoch from pair) * 1000) end;
end $$;

-- `language` is null when it is the one that is known already.
create or replace function draft_reply(p jsonb) returns jsonb language plpgsql as $$
declare
  talk conversations;
  v_turn uuid := (p ->> 'turnId')::uuid;
  withhold boolean;
  v_handoff uuid;
  v_wait integer;
  v_outcome text := 'send';
begin
  select * into talk from conversations where id = (p ->> 'conversationId')::uuid for update;
  if talk.id is null or talk.epoch <> (p ->> 'epoch')::bigint then
    return jsonb_build_object('outcome', 'lost');
  end if;
  withhold := talk.status <> 'bot';
  if withhold then
    v_outcome := 'taken_over';
  elsif talk.received_seq > (p ->> 'throughSeq')::bigint
        -- Nobody who has asked for no more is sent what was written before they did.
        and (not (p ->> 'evenIfOvertaken')::boolean or exists (select from users where id = talk.user_id and opted_out_at is not null)) then
    v_outcome := 'overtaken';
  elsif coalesce(talk.window_ends_at <= clock_timestamp(), true)
        and jsonb_path_exists(p, '$.parts[*] ? (@.message.kind != "template")') then
    return jsonb_build_object('outcome', 'window_closed');
  end if;
  perform record_turn(v_turn, case v_outcome when 'send' then 'drafted' when 'taken_over' then 'withheld' else v_outcome end,
                      p -> 'record');
  if p -> 'toolCalls' <> '[]' then
    insert into tool_calls (turn_id, idempotency_key, name, input, output, ms, failed)
      select v_turn, c."idempotencyKey", c.name, c.input, c.output, c.ms, c.failed
        from jsonb_to_recordset(p -> 'toolCalls')
          as c("idempotencyKey" text, name text, input jsonb, output jsonb, ms integer, failed boolean)
      on conflict (turn_id, idempotency_key) do nothing;
  end if;
  if p -> 'readings' <> '[]' then
    update messages m set reading = r.text from jsonb_to_recordset(p -> 'readings') as r("messageId" uuid, text text)
      where m.id = r."messageId" and m.conversation_id = talk.id;
  end if;
  if p ->> 'language' is not null then
    update users set language = p ->> 'language' where id = talk.user_id and language is distinct from p ->> 'language';
  end if;
  if v_outcome = 'overtaken' then
    update conversations set lease_expires_at = null where id = talk.id;
    perform raise_counters(talk.tenant_id, '{suppressed}');
    return jsonb_build_object('outcome', v_outcome);
  end if;

  -- Times of one conversation only grow, whatever the clocks of the two sides say.
  insert into messages (id, tenant_id, conversation_id, direction, author, state, type, text, content, quote_wa_message_id,
                        turn_id, sends, sent_at)
    select (x ->> 'id')::uuid, talk.tenant_id, talk.id, 'out', 'bot', case when withhold then 'withheld' else 'draft' end,
           x -> 'message' ->> 'kind', x ->> 'text', case when x -> 'message' ->> 'kind' <> 'text' then x -> 'message' end,
           x ->> 'quoteWaMessageId', v_turn, case when withhold then 0 else 1 end,
           greatest(clock_timestamp(), (select max(sent_at) from messages where conversation_id = talk.id))
             + position * interval '1 millisecond'
      from jsonb_array_elements(p -> 'parts') with ordinality as i(x, position);
  if withhold then
    update conversations set lease_expires_at = null, answered_seq = received_seq, open_since = null, attempts = 0
      where id = talk.id;
    perform raise_counters(talk.tenant_id, '{suppressed}');
    return jsonb_build_object('outcome', v_outcome);
  end if;

  if p -> 'handoff' <> 'null' then
    insert into handoffs (tenant_id, conversation_id, turn_id, reason, summary)
      values (talk.tenant_id, talk.id, v_turn, p -> 'handoff' ->> 'reason', p -> 'handoff' ->> 'summary')
      on conflict do nothing returning id into v_handoff;
    talk.status := 'human';
  end if;
  v_wait := hold_and_reserve(talk, (p ->> 'leaseMs')::integer, jsonb_array_length(p -> 'parts'));
  return jsonb_build_object('outcome', v_outcome, 'handoffOpened', v_handoff is not null, 'waitMs', v_wait);
end $$;

create or replace function record_sent(p_parts jsonb) returns text[] language plpgsql as $$
declare
  part jsonb;
  v_state text;
  early early_statuses;
  effects text[] := '{}';
begin
  -- One by one: a join with a list of unknown length makes the planner read the whole table.
  for i in 0 .. jsonb_array_length(p_parts) - 1 loop
    part := p_parts -> i;
    v_state := case part ->> 'outcome' when 'accepted' then 'sent' when 'rejected' then 'failed' when 'ambiguous' then 'ambiguous' end;
    update messages m set
        state = case when moves_forward(m.state, v_state) then v_state
                     when m.state in ('draft', 'ambiguous') then coalesce(v_state, 'draft') else m.state end,
        -- A send that certainly did not happen counts no more; the ones before it may have.
        sends = case when v_state is null then greatest(m.sends - 1, 0) else m.sends end,
        wa_message_id = coalesce(m.wa_message_id, part ->> 'waMessageId'),
        confirmed_by = coalesce(m.confirmed_by, case v_state when 'sent' then 'answer' end),
        error_codes = case when part ->> 'errorCode' is null then m.error_codes else jsonb_build_array((part ->> 'errorCode')::integer) end,
        updated_at = clock_timestamp()
      where m.id = (part ->> 'id')::uuid;
    -- A status report that was quicker than our own record.
    select * into early from early_statuses where wa_message_id = part ->> 'waMessageId';
    if early.wa_message_id is not null then
      delete from early_statuses where wa_message_id = early.wa_message_id;
      update messages m set state = early.state, error_codes = early.error_codes, pricing = coalesce(early.pricing, m.pricing)
        where m.wa_message_id = early.wa_message_id and m.tenant_id = coalesce(early.tenant_id, m.tenant_id)
          and moves_forward(m.state, early.state);
      if found and early.effect is not null then effects := effects || early.effect; end if;
    end if;
  end loop;
  return effects;
end $$;

create or replace function finish_turn(p jsonb) returns jsonb language plpgsql as $$
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
begin
  select * into talk from conversations where id = (p ->> 'conversationId')::uuid for update;
  if talk.id is null or talk.epoch <> (p ->> 'epoch')::bigint then
    -- What was sent is a fact, whoever holds the lease now; the rest is the successor's to say.
    perform record_sent(jsonb_path_query_array(p -> 'parts', '$[*] ? (@.outcome == "accepted")'));
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
  -- Refused the second time, and yet it has reached them: the first send was confirmed meanwhile.
  if v_result = 'dead' and jsonb_path_exists(p, '$.parts[*] ? (@.outcome == "rejected")')
     and not exists (select from messages where turn_id = v_turn and direction = 'out' and state = 'failed') then
    v_result := case when jsonb_path_exists(p, '$.parts[*] ? (@.outcome == "unsent")') then 'retry' else 'answered' end;
    p := p || '{"effects": []}';
  end if;
  if (p ->> 'handoffTold')::boolean then
    update handoffs set notified_at = clock_timestamp() where turn_id = v_turn and notified_at is null;
  end if;
  if v_result <> 'retry' or v_state <> 'drafted' then v_state := v_result; end if;
  if jsonb_typeof(r) = 'object' then
    perform record_turn(v_turn, v_state, r);
  else
    update turns set state = v_state, ended_at = clock_timestamp(),
        errors = errors || coalesce(to_jsonb(p ->> 'failure'), '[]')
      where id = v_turn;
  end if;

  if v_result = 'retry' then
    -- Whatever was sent was sent before this, also when nothing is said of it.
    update messages set updated_at = clock_timestamp()
      where turn_id = v_turn and direction = 'out' and state in ('draft', 'ambiguous');
    talk.retry_at := clock_timestamp() + (p ->> 'retryAfterMs')::integer * interval '1 millisecond';
  else
    update messages set turn_id = v_turn, state = case when v_result = 'dead' then 'dead' else state end
      where conversation_id = talk.id and direction = 'in' and turn_id is null
        and seq > talk.answered_seq and seq <= (p ->> 'throughSeq')::bigint;
    talk.answered_seq := greatest(talk.answered_seq, (p ->> 'throughSeq')::bigint);
    -- After a handoff, whatever came meanwhile is the person's to read.
    if talk.status <> 'bot' then talk.answered_seq := talk.received_seq; end if;
    talk.attempts := 0;
    talk.previous_rung := coalesce(r ->> 'rung', talk.previous_rung);
  end if;
  update conversations set answered_seq = talk.answered_seq, attempts = talk.attempts, retry_at = talk.retry_at,
      previous_rung = talk.previous_rung, lease_expires_at = null,
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

alter function draft_reply(jsonb) set plan_cache_mode = force_generic_plan;
alter function finish_turn(jsonb) set plan_cache_mode = force_generic_plan;

-- Whoever waits for a lock may hold up others whose calls are in the same statement: not for long.
alter function receive_events(jsonb) set lock_timeout = '2s';
alter function claim_turn(uuid, uuid, integer) set lock_timeout = '2s';
alter function draft_reply(jsonb) set lock_timeout = '2s';
alter function finish_turn(jsonb) set lock_timeout = '2s';
