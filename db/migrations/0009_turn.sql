-- The turn again: messages of every kind, the 24-hour window, opt-outs, and Meta's rates.

-- How fast each number sends, in shares so that conversations do not queue for one row; only where the throughput is known.
create table number_pace (
  tenant_id uuid not null references tenants on delete cascade,
  share integer not null,
  -- When all that was sent and received by this share is worked off.
  free_at timestamptz not null,
  primary key (tenant_id, share)
);

-- Books so many messages with one share of a number's throughput; when they may go, at the earliest.
create function reserve_throughput(p_tenant uuid, p_throughput integer, p_messages bigint) returns timestamptz language plpgsql as $$
declare
  shares integer := greatest(1, p_throughput / 40);
  -- A quarter of a second may come at once: so spaced, no second holds more than may go in it.
  each interval := interval '1.25 seconds' * shares / p_throughput;
  free timestamptz;
begin
  insert into number_pace as n (tenant_id, share, free_at)
    values (p_tenant, floor(random() * shares), clock_timestamp() + p_messages * each)
    on conflict (tenant_id, share) do update set free_at = greatest(n.free_at, clock_timestamp()) + p_messages * each
    returning free_at into free;
  return free - p_messages * each - interval '250 milliseconds';
end $$;

-- What came in counts as well; it cannot wait.
create function count_inbound(p_messages jsonb) returns void language plpgsql as $$
declare
  item record;
begin
  for item in
    select t.id, t.throughput, count(*) from tenants t join jsonb_array_elements(p_messages) m on t.phone_number_id = m ->> 'phoneNumberId'
      where t.throughput is not null group by t.id order by t.id
  loop
    perform reserve_throughput(item.id, item.throughput, item.count);
  end loop;
end $$;

-- Meta's pair rate: one message in 6 s to one person, 45 in a burst that is worked off later (about the platform).
create function pair_wait(p_free_at timestamptz) returns interval language sql volatile as $$
  select greatest(greatest(p_free_at, clock_timestamp()) - 44 * interval '6 seconds' - clock_timestamp(), interval '0')
$$;

-- Extends the lease, and says how long the next messages to this person have to wait, in milliseconds; books them
-- unless that is longer than anybody waits with a lease in hand. The conversation's row is locked.
create function hold_and_reserve(talk conversations, p_lease_ms integer, p_messages integer) returns integer language plpgsql as $$
declare
  pair interval := pair_wait(talk.pair_free_at);
  booked boolean := p_messages > 0 and pair <= interval '8 seconds';
  v_throughput integer;
begin
  update conversations set
      lease_expires_at = clock_timestamp() + p_lease_ms * interval '1 millisecond',
      pair_free_at = case when booked then greatest(pair_free_at, clock_timestamp()) + p_messages * interval '6 seconds' else pair_free_at end
    where id = talk.id;
  if booked then
    select throughput into v_throughput from tenants where id = talk.tenant_id;
    if v_throughput is not null then
      pair := greatest(pair, reserve_throughput(talk.tenant_id, v_throughput, p_messages) - clock_timestamp());
    end if;
  end if;
  return case when p_messages = 0 then 0 else ceil(extract(epoch from pair) * 1000) end;
end $$;

-- Without a query of its own, so that PostgreSQL can put it in place wherever it is called.
create or replace function message_json(m messages) returns jsonb language sql stable as $$
  select jsonb_build_object('id', m.id, 'direction', m.direction, 'waMessageId', m.wa_message_id, 'type', m.type,
    'text', m.text, 'content', m.content, 'about', m.about, 'reading', m.reading, 'opt', m.opt, 'quoted', null,
    'timestampMs', floor(extract(epoch from m.sent_at) * 1000))
$$;

-- The words that a customer's message answers or reacts to, if they were said in the same conversation.
create function quoted_json(m messages) returns jsonb language sql stable as $$
  select coalesce((select jsonb_build_object('quoted', left(coalesce(q.text, q.reading), 200)) from messages q
    where q.wa_message_id = coalesce(m.quote_wa_message_id, m.content ->> 'message_id') and q.conversation_id = m.conversation_id), '{}')
$$;

create function told_message_json(m messages) returns jsonb language sql stable as $$
  select case when m.direction = 'in' and (m.quote_wa_message_id is not null or m.type = 'reaction')
    then message_json(m) || quoted_json(m) else message_json(m) end
$$;

create or replace function claim_turn(p_conversation uuid, p_turn uuid, p_lease_ms integer) returns jsonb language plpgsql as $$
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
    select coalesce(jsonb_agg(jsonb_build_object('id', m.id, 'turnId', m.turn_id, 'sends', m.sends,
        'message', coalesce(m.content, jsonb_build_object('kind', 'text', 'text', m.text)),
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
    select coalesce(jsonb_agg(told_message_json(m) order by m.sent_at, m.seq), '[]') into pending
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
  select coalesce(jsonb_agg(told_message_json(h) order by date_trunc('second', h.sent_at), h.created_at), '[]') into history from (
    select * from messages m
      where m.conversation_id = talk.id
        and m.state not in ('draft', 'ambiguous', 'withheld', 'failed', 'rate_limited', 'group', 'revoked')
        and not (m.direction = 'in' and m.seq is not null and m.seq > talk.answered_seq)
      order by m.sent_at desc limit 10) h;

  return (select jsonb_build_object(
      'turnId', coalesce(case when unsent <> '[]' or untold then drafted.id end, p_turn),
      'conversationId', talk.id, 'epoch', talk.epoch + 1,
      'afterSeq', talk.answered_seq,
      'throughSeq', case when unsent <> '[]' or untold then drafted.through_seq else talk.received_seq end,
      'attempts', talk.attempts, 'previousRung', talk.previous_rung,
      'window', window_json(talk),
      'untoldHandoff', (select jsonb_build_object('reason', reason, 'summary', summary) from handoffs
                          where turn_id = drafted.id and notified_at is null),
      'tenant', jsonb_build_object('id', t.id, 'phoneNumberId', t.phone_number_id, 'profile', t.profile),
      'user', person_json(u), 'pending', pending, 'history', history, 'unsent', unsent)
    from tenants t, users u where t.id = talk.tenant_id and u.id = talk.user_id);
end $$;

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
  insert into tool_calls (turn_id, idempotency_key, name, input, output, ms, failed)
    select v_turn, c."idempotencyKey", c.name, c.input, c.output, c.ms, c.failed
      from jsonb_to_recordset(p -> 'toolCalls')
        as c("idempotencyKey" text, name text, input jsonb, output jsonb, ms integer, failed boolean)
    on conflict (turn_id, idempotency_key) do nothing;
  if p -> 'readings' <> '[]' then
    update messages m set reading = r.text from jsonb_to_recordset(p -> 'readings') as r("messageId" uuid, text text)
      where m.id = r."messageId" and m.conversation_id = talk.id;
  end if;
  update users set language = p ->> 'language' where id = talk.user_id and language is distinct from p ->> 'language';
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
    update conversations set status = 'human' where id = talk.id;
  end if;
  v_wait := hold_and_reserve(talk, (p ->> 'leaseMs')::integer, jsonb_array_length(p -> 'parts'));
  return jsonb_build_object('outcome', v_outcome, 'handoffOpened', v_handoff is not null, 'waitMs', v_wait);
end $$;

create or replace function begin_resend(p_conversation uuid, p_epoch bigint, p_ids jsonb, p_lease_ms integer) returns jsonb
language plpgsql as $$
declare
  talk conversations;
  v_ids uuid[] := array(select jsonb_array_elements_text(p_ids)::uuid);
  unsettled jsonb;
  happened text[];
  repeated text[];
  v_wait integer;
begin
  select * into talk from conversations where id = p_conversation and epoch = p_epoch for update;
  if talk.id is null then return jsonb_build_object('held', false, 'unsettled', '[]'::jsonb, 'waitMs', 0); end if;
  happened := unanswered_sends(v_ids);
  with resent as (
    update messages set sends = sends + 1, updated_at = clock_timestamp()
      where id = any (v_ids) and state in ('draft', 'ambiguous') returning id, sends)
  select coalesce(jsonb_agg(id), '[]'), array_agg('resent'::text) filter (where sends > 1) into unsettled, repeated from resent;
  v_wait := hold_and_reserve(talk, p_lease_ms, jsonb_array_length(unsettled));
  perform raise_counters(talk.tenant_id, happened || repeated);
  return jsonb_build_object('held', true, 'unsettled', unsettled, 'waitMs', v_wait);
end $$;

-- Writes down what became of each part; returns what failures change that Meta reported before we had a record.
drop function record_sent(jsonb);
create function record_sent(p_parts jsonb) returns text[] language plpgsql as $$
declare
  s record;
  effects text[];
begin
  -- One by one: a join with a list of unknown length makes the planner read the whole table.
  for s in
    select (x ->> 'id')::uuid as id, x ->> 'waMessageId' as wa_message_id, (x ->> 'errorCode')::integer as error_code,
           case x ->> 'outcome' when 'accepted' then 'sent' when 'rejected' then 'failed' when 'ambiguous' then 'ambiguous' end as state
      from jsonb_array_elements(p_parts) x
  loop
    update messages m set
        state = case when moves_forward(m.state, s.state) then s.state
                     when m.state in ('draft', 'ambiguous') then coalesce(s.state, 'draft') else m.state end,
        -- A send that certainly did not happen counts no more; the ones before it may have.
        sends = case when s.state is null then greatest(m.sends - 1, 0) else m.sends end,
        wa_message_id = coalesce(m.wa_message_id, s.wa_message_id),
        confirmed_by = coalesce(m.confirmed_by, case s.state when 'sent' then 'answer' end),
        error_codes = case when s.error_code is null then m.error_codes else jsonb_build_array(s.error_code) end,
        updated_at = clock_timestamp()
      where m.id = s.id;
  end loop;
  -- Status reports that were quicker than our own record.
  with early as (
    delete from early_statuses e using jsonb_array_elements(p_parts) x
      where e.wa_message_id = x ->> 'waMessageId' returning e.*),
  moved as (
    update messages m set state = e.state, error_codes = e.error_codes, pricing = coalesce(e.pricing, m.pricing)
      from early e where m.wa_message_id = e.wa_message_id and m.tenant_id = coalesce(e.tenant_id, m.tenant_id)
        and moves_forward(m.state, e.state) returning e.effect)
  select array_agg(effect) filter (where effect is not null) into effects from moved;
  return coalesce(effects, '{}');
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
  happened text[];
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
  happened := unanswered_sends(array(
    select (x ->> 'id')::uuid from jsonb_array_elements(p -> 'parts') x where x ->> 'outcome' = 'ambiguous'));
  -- A draft that is still to be sent stays a draft: the next holder sends it.
  v_effects := record_sent(p -> 'parts');
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
  v_effects := v_effects || array(select jsonb_array_elements_text(p -> 'effects'));
  foreach v_effect in array v_effects loop
    v_changed := apply_failure(talk.id, v_effect, talk.answered_seq);
    if jsonb_typeof(v_changed) = 'object' then v_handoff := v_changed; end if;
    select received_seq into talk.received_seq from conversations where id = talk.id;
  end loop;
  if v_result = 'dead' then happened := happened || 'dead'::text; end if;
  perform raise_counters(talk.tenant_id, happened);
  return jsonb_build_object('held', true, 'news', v_result <> 'retry' and talk.received_seq > talk.answered_seq, 'handoff', v_handoff);
end $$;

-- A reply that could not be said because the window had closed is told apart from one that kept failing.
create or replace function dead_letter_json(t turns) returns jsonb language sql stable as $$
  select jsonb_build_object('id', t.id, 'conversationId', t.conversation_id, 'diedAt', t.ended_at, 'tries', t.rounds,
    'messages', asked.count, 'partsSent', said.sent,
    'reason', case when said.refusals @> '[131047]' or t.errors @> '["window:closed"]' then 'window_closed' when said.refused > 0 then 'refused'
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
            coalesce(jsonb_path_query_array(jsonb_agg(error_codes) filter (where state = 'failed'), '$[*][*]'), '[]') as refusals
       from messages where turn_id = t.id and direction = 'out') said
  where c.id = t.conversation_id
$$;

-- What is asked of these is always alike: planning it anew each time costs more than a plan made to measure saves.
alter function receive_batch(jsonb) set plan_cache_mode = force_generic_plan;
alter function claim_turn(uuid, uuid, integer) set plan_cache_mode = force_generic_plan;
alter function draft_reply(jsonb) set plan_cache_mode = force_generic_plan;
alter function finish_turn(jsonb) set plan_cache_mode = force_generic_plan;
