-- The rest of a turn: draft, send again, finish; and dead letters.

create or replace function hold_and_reserve(talk conversations, p_lease_ms integer, p_messages integer) returns integer language plpgsql as $$
declare
  pair interval := pair_wait(talk.pair_free_at);
  booked boolean := p_messages > 0 and pair <= interval '8 seconds';
  v_throughput integer;
begin
  update conversations c set
      status = talk.status,
      usage_day = talk.usage_day, usage_turns = talk.usage_turns, usage_sound_s = talk.usage_sound_s,
      repeat_key = talk.repeat_key, repeat_count = talk.repeat_count,
      lease_expires_at = clock_timestamp() + p_lease_ms * interval '1 millisecond',
      pair_free_at = case when booked then greatest(pair_free_at, clock_timestamp()) + p_messages * interval '6 seconds' else pair_free_at end
    where id = talk.id
    returning (select throughput from tenants t where t.id = c.tenant_id) into v_throughput;
  if booked and v_throughput is not null then
    pair := greatest(pair, reserve_throughput(talk.tenant_id, v_throughput, p_messages) - clock_timestamp());
  end if;
  return case when p_messages = 0 then 0 else ceil(extract(epoch from pair) * 1000) end;
end $$;

create or replace function draft_reply(p jsonb) returns jsonb language plpgsql as $$
declare
  talk conversations;
  v_turn uuid := (p ->> 'turnId')::uuid;
  withhold boolean;
  v_handoff uuid;
  v_wait integer;
  v_outcome text := 'send';
  -- What the reply lost on its way out of the model.
  happened text[] := array(select 'cut'::text from jsonb_array_elements_text(p -> 'record' -> 'errors') e where e like 'cut:%');
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
  elsif not may_speak(talk, v_turn, (p ->> 'throughSeq')::bigint) then
    withhold := true;
    v_outcome := 'taken_over';
  end if;
  if p ? 'usage' then talk := book_usage(talk, p -> 'usage', p -> 'repeat'); end if;
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
    update conversations set lease_expires_at = null, usage_day = talk.usage_day, usage_turns = talk.usage_turns, usage_sound_s = talk.usage_sound_s,
        repeat_key = talk.repeat_key, repeat_count = talk.repeat_count
      where id = talk.id;
    perform raise_counters(talk.tenant_id, happened || 'suppressed'::text);
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
    if talk.status = 'bot' then
      update messages set turn_id = v_turn
        where conversation_id = talk.id and direction = 'in' and turn_id is null
          and seq > talk.answered_seq and seq <= (p ->> 'throughSeq')::bigint;
    end if;
    update conversations set lease_expires_at = null, answered_seq = received_seq, open_since = null, attempts = 0, usage_day = talk.usage_day, usage_turns = talk.usage_turns, usage_sound_s = talk.usage_sound_s,
        repeat_key = talk.repeat_key, repeat_count = talk.repeat_count
      where id = talk.id;
    perform raise_counters(talk.tenant_id, happened || 'suppressed'::text);
    return jsonb_build_object('outcome', v_outcome);
  end if;

  if p -> 'handoff' <> 'null' then
    insert into handoffs (tenant_id, conversation_id, turn_id, reason, summary)
      values (talk.tenant_id, talk.id, v_turn, p -> 'handoff' ->> 'reason', p -> 'handoff' ->> 'summary')
      on conflict do nothing returning id into v_handoff;
    talk.status := 'human';
  end if;
  v_wait := hold_and_reserve(talk, (p ->> 'leaseMs')::integer, jsonb_array_length(p -> 'parts'));
  if happened <> '{}' then perform raise_counters(talk.tenant_id, happened); end if;
  return jsonb_build_object('outcome', v_outcome, 'handoffOpened', v_handoff is not null, 'waitMs', v_wait);
end $$;

create or replace function begin_resend(p_conversation uuid, p_epoch bigint, p_ids jsonb, p_lease_ms integer) returns jsonb
language plpgsql as $$
declare
  talk conversations;
  -- Of this conversation alone, whoever else's are named.
  v_ids uuid[] := array(select id from messages where conversation_id = p_conversation and direction = 'out'
                          and id in (select jsonb_array_elements_text(p_ids)::uuid));
  unsettled jsonb;
  happened text[];
  repeated text[];
  v_wait integer;
begin
  select * into talk from conversations where id = p_conversation and epoch = p_epoch for update;
  if talk.id is null then return jsonb_build_object('held', false, 'maySend', false, 'unsettled', '[]'::jsonb, 'waitMs', 0); end if;
  happened := unanswered_sends(v_ids);
  if not (select coalesce(bool_and(may_speak(talk, t.id, t.through_seq)), true) from turns t
            where id = (select turn_id from messages where id = v_ids[1])) then
    update messages set state = 'withheld', updated_at = clock_timestamp() where id = any (v_ids) and state in ('draft', 'ambiguous');
    perform hold_and_reserve(talk, p_lease_ms, 0);
    perform raise_counters(talk.tenant_id, happened);
    return jsonb_build_object('held', true, 'maySend', false, 'unsettled', '[]'::jsonb, 'waitMs', 0);
  end if;
  with resent as (
    update messages set sends = sends + 1, updated_at = clock_timestamp()
      where id = any (v_ids) and state in ('draft', 'ambiguous') returning id, sends)
  select coalesce(jsonb_agg(id), '[]'), array_agg('resent'::text) filter (where sends > 1) into unsettled, repeated from resent;
  v_wait := hold_and_reserve(talk, p_lease_ms, jsonb_array_length(unsettled));
  perform raise_counters(talk.tenant_id, happened || repeated);
  return jsonb_build_object('held', true, 'maySend', true, 'unsettled', unsettled, 'waitMs', v_wait);
end $$;

create or replace function record_sent(p_parts jsonb) returns text[] language plpgsql as $$
declare
  part jsonb;
  v_state text;
  v_tenant uuid;
  early early_statuses;
  effects text[] := '{}';
begin
  -- One by one: a join with a list of unknown length makes the planner read the whole table.
  for i in 0 .. jsonb_array_length(p_parts) - 1 loop
    part := p_parts -> i;
    v_state := case part ->> 'outcome' when 'accepted' then 'sent' when 'rejected' then 'failed' when 'ambiguous' then 'ambiguous' when 'withheld' then 'withheld' end;
    update messages m set
        state = case when moves_forward(m.state, v_state) then v_state
                     when m.state in ('draft', 'ambiguous') then coalesce(v_state, 'draft') else m.state end,
        -- A send that certainly did not happen counts no more, if it was counted at all; the ones before it may have.
        sends = case when part ->> 'outcome' in ('unsent', 'withheld') and m.sends = coalesce((part ->> 'sends')::integer, m.sends)
                     then greatest(m.sends - 1, 0) else m.sends end,
        wa_message_id = coalesce(m.wa_message_id, case when not exists (
            select from messages k where k.tenant_id = m.tenant_id and k.wa_message_id = part ->> 'waMessageId')
          then part ->> 'waMessageId' end),
        confirmed_by = coalesce(m.confirmed_by, case v_state when 'sent' then 'answer' end),
        error_codes = case when part ->> 'errorCode' is null then m.error_codes else jsonb_build_array((part ->> 'errorCode')::integer) end,
        updated_at = clock_timestamp()
      where m.id = (part ->> 'id')::uuid returning m.tenant_id into v_tenant;
    -- A status report that was quicker than our own record.
    select * into early from early_statuses where tenant_id = v_tenant and wa_message_id = part ->> 'waMessageId';
    if early.wa_message_id is not null then
      delete from early_statuses where tenant_id = v_tenant and wa_message_id = early.wa_message_id;
      update messages m set state = early.state, error_codes = early.error_codes, pricing = coalesce(early.pricing, m.pricing)
        where m.wa_message_id = early.wa_message_id and m.tenant_id = v_tenant and moves_forward(m.state, early.state);
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
  -- Of the turn's parts: some are withheld; some arrived; some may have been sent.
  withheld boolean;
  said boolean;
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
  -- Refused the second time, or never answered, and yet it has reached them: a send was confirmed meanwhile.
  if v_result = 'dead' and p ->> 'reason' in ('refused', 'unconfirmed') and p -> 'parts' <> '[]'
     and not exists (select from messages where turn_id = v_turn and direction = 'out' and state in ('failed', 'ambiguous')) then
    v_result := case when jsonb_path_exists(p, '$.parts[*] ? (@.outcome == "unsent")') then 'retry' else 'answered' end;
    p := p || '{"effects": []}';
  end if;
  if v_result = 'answered' and (p -> 'parts' = '[]' or jsonb_path_exists(p, '$.parts[*] ? (@.outcome == "withheld")')) then
    select coalesce(bool_or(state = 'withheld'), false), coalesce(bool_or(delivery_rank(state) > 0), false), coalesce(bool_or(sends > 0), false)
      into withheld, said, tried from messages where turn_id = v_turn and direction = 'out';
    if withheld then happened := happened || 'suppressed'::text; end if;
    if withheld and not said then v_result := 'withheld'; end if;
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

alter function draft_reply(jsonb) set plan_cache_mode = force_generic_plan;
alter function finish_turn(jsonb) set plan_cache_mode = force_generic_plan;
alter function draft_reply(jsonb) set lock_timeout = '2s';
alter function finish_turn(jsonb) set lock_timeout = '2s';


create or replace function dead_letter_json(t turns) returns jsonb language sql stable as $$
  select jsonb_build_object('id', t.id, 'conversationId', t.conversation_id, 'diedAt', t.ended_at, 'tries', t.rounds,
    'messages', asked.count, 'partsSent', said.sent,
    'reason', case when said.refusals @> '[131047]' or t.errors @> '["window:closed"]' then 'window_closed' when said.refused > 0 then 'refused'
                   when said.unconfirmed > 0 and t.rung <> 'apology' then 'unconfirmed'
                   else 'failed_repeatedly' end,
    'codes', to_jsonb(array(
        select e from turns tried, jsonb_array_elements_text(tried.errors) e
          where tried.conversation_id = t.conversation_id and tried.started_at between asked.since and t.started_at
        union select 'holder_died' from turns tried
          where tried.conversation_id = t.conversation_id and tried.started_at between asked.since and t.started_at
            and tried.state = 'abandoned'
        union select 'send:graph_' || code from jsonb_array_elements_text(said.refusals) code order by 1)),
    'withPerson', c.status <> 'bot',
    'windowOpen', coalesce(c.window_ends_at > clock_timestamp(), false))
  from conversations c,
    (select count(*), min(created_at) as since from messages where turn_id = t.id and direction = 'in') asked,
    (select count(*) filter (where delivery_rank(state) between 1 and 4) as sent,
            count(*) filter (where state = 'failed') as refused,
            count(*) filter (where state = 'ambiguous') as unconfirmed,
            coalesce(jsonb_path_query_array(jsonb_agg(error_codes) filter (where state = 'failed'), '$[*][*]'), '[]') as refusals
       from messages where turn_id = t.id and direction = 'out') said
  where c.id = t.conversation_id
$$;

create or replace function replay_dead(p_turn uuid) returns jsonb language plpgsql as $$
declare
  talk conversations;
  replayed integer;
begin
  select * into talk from conversations where id = (select conversation_id from turns where id = p_turn) for update;
  perform from turns where id = p_turn and state = 'dead' for update;
  if not found then
    return jsonb_build_object('outcome', 'not_found');
  elsif talk.status <> 'bot' then
    return jsonb_build_object('outcome', 'with_person');
  elsif not coalesce(talk.window_ends_at > clock_timestamp(), false) then
    return jsonb_build_object('outcome', 'window_closed');
  end if;
  update messages m set state = 'received', turn_id = null, seq = talk.received_seq + n.place, updated_at = clock_timestamp()
    from (select id, row_number() over (order by sent_at, seq) as place
            from messages where turn_id = p_turn and direction = 'in' and state = 'dead') n
    where m.id = n.id;
  get diagnostics replayed = row_count;
  update messages set state = 'withheld', updated_at = clock_timestamp()
    where turn_id = p_turn and direction = 'out' and state = 'draft';
  update turns set state = 'replayed' where id = p_turn;
  update conversations set received_seq = talk.received_seq + replayed, open_since = coalesce(talk.open_since, clock_timestamp())
    where id = talk.id and replayed > 0;
  return jsonb_build_object('outcome', 'replayed', 'messages', replayed);
end $$;
