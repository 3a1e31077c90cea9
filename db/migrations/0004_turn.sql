-- The statements of a turn: claim → draft → finish. Each locks the conversation's row first, so what it reads
-- afterwards is the truth, and checks the epoch, so a holder past its lease changes nothing. See docs/architecture.md.

-- Conversations that wait for an answer and that nobody holds: each tenant's longest waiting first, the tenants by
-- turns. A conversation that just got news is left alone for a while: whoever stored it is about to claim it.
create function open_conversations(p_limit integer) returns setof uuid language sql stable as $$
  select id from conversations
    where received_seq > answered_seq
      and case when lease_expires_at is not null then lease_expires_at
               else coalesce(retry_at, open_since + interval '5 seconds') end <= clock_timestamp()
    order by row_number() over (partition by tenant_id order by open_since), open_since limit p_limit
$$;

create function message_json(m messages) returns jsonb language sql stable as $$
  select jsonb_build_object('id', m.id, 'direction', m.direction, 'waMessageId', m.wa_message_id, 'type', m.type,
    'text', m.text, 'content', m.content, 'timestampMs', floor(extract(epoch from m.sent_at) * 1000))
$$;

-- What to count for sends that Graph never answered, once for each: one that a status report has confirmed meanwhile is
-- settled.
create function unanswered_sends(p_ids uuid[]) returns text[] language plpgsql as $$
declare
  unanswered text[];
  settled text[];
begin
  if p_ids = '{}' then return '{}'; end if;
  select array_agg('ambiguous'::text) into unanswered
    from messages, generate_series(unanswered_sends + 1, sends) where id = any (p_ids) and confirmed_by is null;
  with seen as (
    update messages set unanswered_sends = sends, confirmed_by = case when delivery_rank(state) > 0 then 'echo' end
      where id = any (p_ids) and confirmed_by is null returning confirmed_by)
  select array_agg('settled_by_echo'::text) filter (where confirmed_by = 'echo') into settled from seen;
  return coalesce(unanswered || settled, '{}');
end $$;

create function claim_turn(p_conversation uuid, p_turn uuid, p_lease_ms integer) returns jsonb language plpgsql as $$
declare
  talk conversations;
  drafted turns;
  unsent jsonb := '[]';
  pending jsonb := '[]';
  history jsonb;
  happened text[] := '{}';
  untold boolean := false;
begin
  select * into talk from conversations where id = p_conversation for update;
  if talk.id is null or talk.received_seq <= talk.answered_seq
     or talk.lease_expires_at > clock_timestamp() or talk.retry_at > clock_timestamp() then
    return null;
  end if;
  update turns set state = 'abandoned', ended_at = clock_timestamp()
    where conversation_id = talk.id and state = 'running';

  -- A reply that an earlier holder wrote down comes first: it is settled or sent, never written a second time.
  select * into drafted from turns
    where conversation_id = talk.id and state = 'drafted' order by through_seq desc limit 1;
  if drafted.id is not null then
    select coalesce(jsonb_agg(jsonb_build_object('id', m.id, 'turnId', m.turn_id, 'text', m.text, 'sends', m.sends,
        'quoteWaMessageId', m.quote_wa_message_id,
        -- A holder may have sent it until its lease ended, however long ago it wrote it down.
        'ageMs', floor(extract(epoch from clock_timestamp() - greatest(m.updated_at, talk.lease_expires_at)) * 1000))
        order by m.sent_at), '[]')
      into unsent from messages m where m.turn_id = drafted.id and m.direction = 'out' and m.state in ('draft', 'ambiguous');
    if unsent = '[]' then
      happened := unanswered_sends(array(select id from messages where turn_id = drafted.id and direction = 'out'));
      untold := exists (select from handoffs where turn_id = drafted.id and notified_at is null);
      if not untold then
        update turns set state = 'answered', ended_at = clock_timestamp() where id = drafted.id;
        update messages set turn_id = drafted.id
          where conversation_id = talk.id and turn_id is null and seq > talk.answered_seq and seq <= drafted.through_seq;
        talk.answered_seq := greatest(talk.answered_seq, drafted.through_seq);
      end if;
    end if;
  end if;
  if unsent = '[]' and not untold then
    if talk.status <> 'bot' then talk.answered_seq := talk.received_seq; end if;
    select coalesce(jsonb_agg(message_json(m) order by m.sent_at, m.seq), '[]') into pending
      from messages m where m.conversation_id = talk.id and m.seq > talk.answered_seq and m.state = 'received';
    if pending = '[]' then
      -- A new epoch, so that a draft still on its way from an earlier holder comes to nothing.
      update conversations set answered_seq = received_seq, open_since = null, lease_expires_at = null, retry_at = null,
        attempts = 0, epoch = epoch + 1 where id = talk.id;
      perform raise_counters(talk.tenant_id, happened);
      return null;
    end if;
    insert into turns (id, tenant_id, conversation_id, epoch, through_seq)
      values (p_turn, talk.tenant_id, talk.id, talk.epoch + 1, talk.received_seq);
  end if;
  update conversations set epoch = talk.epoch + 1, answered_seq = talk.answered_seq, attempts = talk.attempts + 1,
      lease_expires_at = clock_timestamp() + p_lease_ms * interval '1 millisecond', retry_at = null
    where id = talk.id;
  -- Left behind by somebody else: a holder that died, a try that failed, a start that never came.
  if talk.lease_expires_at is not null or talk.retry_at is not null
     or (talk.attempts = 0 and talk.open_since < clock_timestamp() - interval '5 seconds') then
    happened := happened || 'resumed'::text;
  end if;
  perform raise_counters(talk.tenant_id, happened);

  -- Meta's times are whole seconds: within one, what came first here came first.
  select coalesce(jsonb_agg(message_json(h) order by date_trunc('second', h.sent_at), h.created_at), '[]') into history from (
    select * from messages m
      where m.conversation_id = talk.id
        and m.state not in ('draft', 'ambiguous', 'withheld', 'failed', 'rate_limited', 'group')
        and not (m.direction = 'in' and m.seq is not null and m.seq > talk.answered_seq)
      order by m.sent_at desc limit 10) h;

  return (select jsonb_build_object(
      'turnId', coalesce(case when unsent <> '[]' or untold then drafted.id end, p_turn),
      'conversationId', talk.id, 'epoch', talk.epoch + 1,
      'afterSeq', talk.answered_seq,
      'throughSeq', case when unsent <> '[]' or untold then drafted.through_seq else talk.received_seq end,
      'attempts', talk.attempts, 'previousRung', talk.previous_rung,
      'windowOpen', coalesce(talk.window_ends_at > clock_timestamp(), false),
      'untoldHandoff', (select jsonb_build_object('reason', reason, 'summary', summary) from handoffs
                          where turn_id = drafted.id and notified_at is null),
      'tenant', jsonb_build_object('id', t.id, 'phoneNumberId', t.phone_number_id, 'profile', t.profile),
      'user', jsonb_build_object('id', u.id, 'phone', u.phone, 'waUserId', u.wa_user_id, 'name', u.name,
                                 'language', u.language),
      'pending', pending, 'history', history, 'unsent', unsent)
    from tenants t, users u where t.id = talk.tenant_id and u.id = talk.user_id);
end $$;

create function record_turn(p_turn uuid, p_state text, r jsonb) returns void language sql as $$
  update turns set state = p_state,
      intent = r ->> 'intent', confidence = (r ->> 'confidence')::real, decided_by = r ->> 'decidedBy',
      language = r ->> 'language', intent_model = r ->> 'intentModel', reply_model = r ->> 'replyModel',
      input_tokens = (r ->> 'inputTokens')::integer, output_tokens = (r ->> 'outputTokens')::integer,
      cost_usd = (r ->> 'costUsd')::numeric, stages_ms = r -> 'stagesMs', rung = r ->> 'rung', errors = r -> 'errors',
      rounds = (r ->> 'rounds')::integer, trace_id = r ->> 'traceId',
      ended_at = case when p_state <> 'drafted' then clock_timestamp() end
    where id = p_turn
$$;

create function draft_reply(p jsonb) returns jsonb language plpgsql as $$
declare
  talk conversations;
  v_turn uuid := (p ->> 'turnId')::uuid;
  withhold boolean;
  v_handoff uuid;
  v_outcome text := 'send';
begin
  select * into talk from conversations where id = (p ->> 'conversationId')::uuid for update;
  if talk.id is null or talk.epoch <> (p ->> 'epoch')::bigint then
    return jsonb_build_object('outcome', 'lost');
  end if;
  withhold := talk.status <> 'bot';
  if withhold then
    v_outcome := 'taken_over';
  elsif talk.received_seq > (p ->> 'throughSeq')::bigint and not (p ->> 'evenIfOvertaken')::boolean then
    v_outcome := 'overtaken';
  end if;
  perform record_turn(v_turn, case v_outcome when 'send' then 'drafted' when 'taken_over' then 'withheld' else v_outcome end,
                      p -> 'record');
  insert into tool_calls (turn_id, idempotency_key, name, input, output, ms, failed)
    select v_turn, c."idempotencyKey", c.name, c.input, c.output, c.ms, c.failed
      from jsonb_to_recordset(p -> 'toolCalls')
        as c("idempotencyKey" text, name text, input jsonb, output jsonb, ms integer, failed boolean)
    on conflict (turn_id, idempotency_key) do nothing;
  update users set language = p ->> 'language' where id = talk.user_id and language is distinct from p ->> 'language';
  if v_outcome = 'overtaken' then
    update conversations set lease_expires_at = null where id = talk.id;
    perform raise_counters(talk.tenant_id, '{suppressed}');
    return jsonb_build_object('outcome', v_outcome);
  end if;

  -- Times of one conversation only grow, whatever the clocks of the two sides say.
  insert into messages (id, tenant_id, conversation_id, direction, author, state, type, text, quote_wa_message_id,
                        turn_id, sends, sent_at)
    select (x ->> 'id')::uuid, talk.tenant_id, talk.id, 'out', 'bot', case when withhold then 'withheld' else 'draft' end,
           'text', x ->> 'text', x ->> 'quoteWaMessageId', v_turn, case when withhold then 0 else 1 end,
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
    update conversations set status = 'human' where id = talk.id;
  end if;
  update conversations set
      lease_expires_at = clock_timestamp() + (p ->> 'leaseMs')::integer * interval '1 millisecond'
    where id = talk.id;
  return jsonb_build_object('outcome', v_outcome, 'handoffOpened', v_handoff is not null);
end $$;

-- Counts the sends of an unsettled draft again, before it is sent again. False when the lease is lost, or when a
-- status report has settled every part meanwhile.
create function begin_resend(p_conversation uuid, p_epoch bigint, p_ids jsonb, p_lease_ms integer) returns jsonb
language plpgsql as $$
declare
  v_tenant uuid;
  v_ids uuid[] := array(select jsonb_array_elements_text(p_ids)::uuid);
  unsettled jsonb;
  happened text[];
  repeated text[];
begin
  select tenant_id into v_tenant from conversations where id = p_conversation and epoch = p_epoch for update;
  if v_tenant is null then return jsonb_build_object('held', false, 'unsettled', '[]'::jsonb); end if;
  happened := unanswered_sends(v_ids);
  with resent as (
    update messages set sends = sends + 1, updated_at = clock_timestamp()
      where id = any (v_ids) and state in ('draft', 'ambiguous') returning id, sends)
  select coalesce(jsonb_agg(id), '[]'), array_agg('resent'::text) filter (where sends > 1) into unsettled, repeated from resent;
  update conversations set lease_expires_at = clock_timestamp() + p_lease_ms * interval '1 millisecond'
    where id = p_conversation;
  perform raise_counters(v_tenant, happened || repeated);
  return jsonb_build_object('held', true, 'unsettled', unsettled);
end $$;

create function record_sent(p_parts jsonb) returns void language plpgsql as $$
begin
  update messages m set
      state = case when moves_forward(m.state, s.state) then s.state
                   when m.state in ('draft', 'ambiguous') then coalesce(s.state, 'draft') else m.state end,
      -- A send that certainly did not happen counts no more; the ones before it may have.
      sends = case when s.state is null then greatest(m.sends - 1, 0) else m.sends end,
      wa_message_id = coalesce(m.wa_message_id, s.wa_message_id),
      confirmed_by = coalesce(m.confirmed_by, case s.state when 'sent' then 'answer' end),
      error_codes = case when s.error_code is null then m.error_codes else jsonb_build_array(s.error_code) end,
      updated_at = clock_timestamp()
    from (select (x ->> 'id')::uuid as id, x ->> 'waMessageId' as wa_message_id, (x ->> 'errorCode')::integer as error_code,
                 case x ->> 'outcome' when 'accepted' then 'sent' when 'rejected' then 'failed' when 'ambiguous' then 'ambiguous' end as state
            from jsonb_array_elements(p_parts) x) s
    where m.id = s.id;
  -- Status reports that were quicker than our own record.
  with early as (
    delete from early_statuses e using jsonb_array_elements(p_parts) x
      where e.wa_message_id = x ->> 'waMessageId' returning e.*)
  update messages m set state = e.state, error_codes = e.error_codes, pricing = coalesce(e.pricing, m.pricing)
    from early e where m.wa_message_id = e.wa_message_id and moves_forward(m.state, e.state);
end $$;

create function finish_turn(p jsonb) returns jsonb language plpgsql as $$
declare
  talk conversations;
  r jsonb := p -> 'record';
  v_turn uuid := (p ->> 'turnId')::uuid;
  v_result text := p ->> 'result';
  v_state text;
  happened text[];
begin
  select * into talk from conversations where id = (p ->> 'conversationId')::uuid for update;
  if talk.id is null or talk.epoch <> (p ->> 'epoch')::bigint then
    -- What was sent is a fact, whoever holds the lease now; the rest is the successor's to say.
    perform record_sent(jsonb_path_query_array(p -> 'parts', '$[*] ? (@.outcome == "accepted")'));
    return jsonb_build_object('held', false, 'news', false);
  end if;

  select state into v_state from turns where id = v_turn;
  if v_result = 'retry' and v_state not in ('running', 'drafted') then
    -- It ended, only the answer that said so was lost: there is nothing to try again.
    return jsonb_build_object('held', true, 'news', talk.received_seq > talk.answered_seq);
  end if;
  happened := unanswered_sends(array(
    select (x ->> 'id')::uuid from jsonb_array_elements(p -> 'parts') x where x ->> 'outcome' = 'ambiguous'));
  -- A draft that is still to be sent stays a draft: the next holder sends it.
  perform record_sent(p -> 'parts');
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
  if v_result = 'dead' then happened := happened || 'dead'::text; end if;
  perform raise_counters(talk.tenant_id, happened);
  return jsonb_build_object('held', true, 'news', v_result <> 'retry' and talk.received_seq > talk.answered_seq);
end $$;
