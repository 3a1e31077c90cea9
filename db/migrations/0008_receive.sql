-- All that a webhook may hold: `receive_batch` again, with opt-outs, echoes, identities, calls, routing and news.

-- A person is needed: opened once per conversation. Null when one was open already.
create function open_handoff(p_conversation uuid, p_reason text, p_summary text) returns jsonb language plpgsql as $$
declare
  opened uuid;
begin
  insert into handoffs (tenant_id, conversation_id, reason, summary)
    select tenant_id, id, p_reason, p_summary from conversations where id = p_conversation
    on conflict do nothing returning id into opened;
  update conversations set status = 'human' where id = p_conversation and status = 'bot';
  if opened is null then return null; end if;
  return (select jsonb_build_object('conversationId', c.id, 'companyName', t.profile ->> 'name', 'reason', p_reason,
                                    'language', coalesce(u.language, t.profile ->> 'language'))
            from conversations c join tenants t on t.id = c.tenant_id join users u on u.id = c.user_id where c.id = p_conversation);
end $$;

-- A reply came to nothing because the window had closed: the company's template asks the person to write again, as a
-- turn that is written down and has only to be sent; without a template a person takes over. Of the reply, only the
-- newest message that it answers counts: its turn may still be under way.
create function reengage(p_conversation uuid, p_through bigint) returns jsonb language plpgsql as $$
declare
  talk conversations;
  person users;
  profile jsonb;
  code text;
  v_turn uuid := gen_random_uuid();
begin
  select * into talk from conversations where id = p_conversation for update;
  -- They wrote meanwhile, or somebody sees to it: the answer to that will reach them.
  if talk.received_seq > greatest(talk.answered_seq, p_through) or talk.status <> 'bot' then return null; end if;
  select * into person from users where id = talk.user_id;
  select t.profile into profile from tenants t where t.id = talk.tenant_id;
  code := coalesce(profile -> 'reengagement' -> 'languageCodes' ->> coalesce(person.language, profile ->> 'language'),
                   (select value from jsonb_each_text(profile -> 'reengagement' -> 'languageCodes') limit 1));
  if code is null or person.opted_out_at is not null or talk.reengaged_at > clock_timestamp() - interval '24 hours' then
    return open_handoff(talk.id, 'window_closed', 'The answer could not be delivered: the 24-hour window had closed.');
  end if;
  insert into turns (id, tenant_id, conversation_id, epoch, through_seq, state, rung)
    values (v_turn, talk.tenant_id, talk.id, talk.epoch, talk.received_seq + 1, 'drafted', 'template');
  insert into messages (tenant_id, conversation_id, direction, author, state, type, text, content, turn_id, sent_at)
    values (talk.tenant_id, talk.id, 'out', 'bot', 'draft', 'template', '[template ' || (profile -> 'reengagement' ->> 'name') || ']',
            jsonb_build_object('kind', 'template', 'name', profile -> 'reengagement' ->> 'name', 'languageCode', code),
            v_turn, clock_timestamp());
  update conversations set received_seq = received_seq + 1, open_since = clock_timestamp(), reengaged_at = clock_timestamp()
    where id = talk.id;
  return '"template"';
end $$;

-- What a refused or failed message changes (FailureEffect of lib/store-ports.ts); a handoff that was opened, or null.
create function apply_failure(p_conversation uuid, p_effect text, p_through bigint) returns jsonb language plpgsql as $$
begin
  case p_effect
    when 'reengage' then return reengage(p_conversation, p_through);
    when 'unreachable' then
      update users set unreachable_at = clock_timestamp() where id = (select user_id from conversations where id = p_conversation);
    when 'no_marketing' then
      update users set no_marketing_at = clock_timestamp()
        where id = (select user_id from conversations where id = p_conversation) and no_marketing_at is null;
    when 'slow_down' then
      -- What every number may do at least (Meta, throughput).
      update tenants set throughput = 80 where throughput is null and id = (select tenant_id from conversations where id = p_conversation);
    else null;
  end case;
  return null;
end $$;

drop function receive_statuses(jsonb);
create function receive_statuses(p_statuses jsonb, out applied integer, out opened jsonb, out woken uuid[]) language plpgsql as $$
declare
  report record;
  settled uuid;
  settled_tenants uuid[] := '{}';
  changed jsonb;
begin
  applied := 0;
  woken := '{}';
  opened := '[]';
  for report in
    select s.*, coalesce(m.id, o.id) as message_id, coalesce(m.state, o.state) as old_state,
           coalesce(m.conversation_id, o.conversation_id) as conversation_id, t.id as tenant_id,
           (select through_seq from turns where id = coalesce(m.turn_id, o.turn_id)) as through
      from rows from (jsonb_to_recordset(p_statuses)
          as ("phoneNumberId" text, "waMessageId" text, "opaqueId" text, status text, "errorCodes" jsonb, pricing jsonb, effect text))
        with ordinality as s("phoneNumberId", "waMessageId", "opaqueId", status, "errorCodes", pricing, effect, position)
      -- A number speaks of its own messages alone.
      join tenants t on t.phone_number_id = s."phoneNumberId"
      left join messages m on m.wa_message_id = s."waMessageId" and m.direction = 'out' and m.tenant_id = t.id
      left join messages o on o.direction = 'out' and o.tenant_id = t.id
        and o.id = case when s."opaqueId" ~ '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$' then s."opaqueId"::uuid end
      order by coalesce(m.id, o.id), s.position
  loop
    if report.message_id is null then
      insert into early_statuses as e (tenant_id, wa_message_id, state, error_codes, pricing, effect)
        values (report.tenant_id, report."waMessageId", report.status, coalesce(report."errorCodes", '[]'), report.pricing, report.effect)
        on conflict (wa_message_id) do update
          set state = excluded.state, error_codes = excluded.error_codes, pricing = coalesce(excluded.pricing, e.pricing), effect = excluded.effect
          where moves_forward(e.state, excluded.state) and e.tenant_id = excluded.tenant_id;
    else
      -- Written down as ambiguous, and now it is known after all.
      if report.old_state in ('draft', 'ambiguous') then
        update messages set confirmed_by = 'echo'
          where id = report.message_id and state = 'ambiguous' and confirmed_by is null returning tenant_id into settled;
        if found then settled_tenants := settled_tenants || settled; end if;
      end if;
      update messages set
          state = report.status,
          wa_message_id = coalesce(wa_message_id, report."waMessageId"),
          error_codes = coalesce(report."errorCodes", '[]'),
          pricing = coalesce(nullif(report.pricing, 'null'), pricing),
          updated_at = clock_timestamp()
        where id = report.message_id and moves_forward(state, report.status);
      if found then
        applied := applied + 1;
        if report.effect is not null then
          changed := apply_failure(report.conversation_id, report.effect, report.through);
          -- A template that is written down and has only to be sent; or a person who has to be told.
          if changed = '"template"' then woken := woken || report.conversation_id; end if;
          if jsonb_typeof(changed) = 'object' then opened := opened || changed; end if;
        end if;
      end if;
    end if;
  end loop;
  perform raise_counters(tenant, array_agg('settled_by_echo'::text))
    from unnest(settled_tenants) tenant group by tenant order by tenant;
end $$;

-- Everything but messages and statuses; few webhooks hold any of it. Returns the news that somebody should know.
create function receive_besides(p jsonb, p_human_pause_s integer) returns jsonb language plpgsql as $$
declare
  item record;
  talk_id uuid;
  alerts jsonb;
begin
  for item in
    select x as body, t.id as tenant_id, kind, to_timestamp((x ->> 'timestampMs')::bigint / 1000.0) as at
      from jsonb_each(p) as each(kind, list), jsonb_array_elements(list) with ordinality as i(x, position)
      join tenants t on t.phone_number_id = x ->> 'phoneNumberId'
      where kind <> 'platform'
      order by t.id, kind, coalesce(x ->> 'toUserId', x ->> 'fromUserId', x ->> 'to', x ->> 'from'), position
  loop
    if item.kind = 'identityChanges' then
      perform change_identity(item.tenant_id, item.body);
      continue;
    end if;
    insert into conversations (tenant_id, user_id)
      values (item.tenant_id, find_or_create_user(item.tenant_id, coalesce(item.body ->> 'to', item.body ->> 'from'),
                                                  coalesce(item.body ->> 'toUserId', item.body ->> 'fromUserId'), null))
      on conflict (user_id) do update set user_id = excluded.user_id
      returning id into talk_id;
    case item.kind
      when 'echoes' then
        insert into messages (tenant_id, conversation_id, direction, author, state, wa_message_id, type, text, content, sent_at)
          values (item.tenant_id, talk_id, 'out', 'agent', 'sent', item.body ->> 'waMessageId', item.body ->> 'type',
                  item.body ->> 'text', item.body -> 'content', item.at)
          on conflict (wa_message_id) do nothing;
        -- Told of it already: it is they who wrote.
        if found then
          perform open_handoff(talk_id, 'answered_from_phone', 'A person answers from the WhatsApp Business app.');
          update handoffs set notified_at = coalesce(notified_at, clock_timestamp()) where conversation_id = talk_id and handed_back_at is null;
          update conversations set status = 'human',
              bot_resumes_at = greatest(bot_resumes_at, item.at + make_interval(secs => p_human_pause_s))
            where id = talk_id;
        end if;
      when 'preferences' then
        if item.body ->> 'category' = 'marketing_messages' then
          update users set no_marketing_at = case item.body ->> 'value' when 'stop' then item.at end
            where id = (select user_id from conversations where id = talk_id);
        end if;
      when 'calls' then
        update conversations set window_ends_at = greatest(window_ends_at, item.at + interval '24 hours') where id = talk_id;
      when 'handovers' then
        update conversations set status = case when not (item.body ->> 'ours')::boolean then 'other_app'
            when exists (select from handoffs where conversation_id = talk_id and handed_back_at is null) then 'human' else 'bot' end
          where id = talk_id and status <> 'closed' and (status = 'other_app' or not (item.body ->> 'ours')::boolean);
      else null;
    end case;
  end loop;

  with news as (
    insert into platform_events (tenant_id, account_id, field, event, severity, detail, happened_at, fingerprint)
      select t.id, x ->> 'accountId', x ->> 'field', x ->> 'event', x ->> 'severity', x -> 'detail',
             to_timestamp((x ->> 'timestampMs')::bigint / 1000.0), concat(case when x ->> 'givenTimeMs' is null then current_date end, md5((x - 'timestampMs')::text))
        from jsonb_array_elements(p -> 'platform') x left join tenants t on t.phone_number_id = x ->> 'phoneNumberId'
      on conflict (fingerprint) do nothing returning field, event, severity)
  select coalesce(jsonb_agg(to_jsonb(news)), '[]') into alerts from news where severity <> 'info';
  return alerts;
end $$;

create or replace function receive_batch(p jsonb) returns jsonb language plpgsql as $$
declare
  sender record;
  message record;
  talk conversations;
  person_id uuid;
  person users;
  company tenants;
  inserted uuid;
  over_limit boolean;
  starts boolean;
  choice text;
  limited_text text;
  limited_wait integer;
  news uuid[] := '{}';
  left_open uuid[] := '{}';
  redelivered uuid[] := '{}';
  notices jsonb := '[]';
  alerts jsonb := '[]';
  opened jsonb := '[]';
  stored integer := 0; duplicates integer := 0; limited integer := 0; applied integer := 0;
  not_ours integer;
  -- A number among them sends at a known rate.
  paced boolean := false;
  rate_max integer := (p -> 'rateLimit' ->> 'max')::integer;
  window_s integer := (p -> 'rateLimit' ->> 'windowS')::integer;
begin
  insert into tenants (phone_number_id)
    select n from jsonb_array_elements_text(p -> 'phoneNumberIds') n
    where not exists (select 1 from tenants where phone_number_id = n)
    on conflict do nothing;
  if p -> 'throughputs' <> '{}' then
    update tenants t set throughput = s.value::integer from jsonb_each_text(p -> 'throughputs') s
      where t.phone_number_id = s.key and t.throughput is distinct from s.value::integer;
  end if;

  select count(*) into not_ours from jsonb_array_elements(p -> 'messages') m
    where not exists (select 1 from tenants where phone_number_id = m ->> 'phoneNumberId');

  -- Always in the same order, so that two batches cannot wait for each other.
  for sender in
    select t.id as tenant_id, t.throughput, m ->> 'from' as phone, m ->> 'fromUserId' as wa_user_id,
           max(m ->> 'profileName') as name, jsonb_agg(m order by (m ->> 'timestampMs')::bigint, position) as messages
      from jsonb_array_elements(p -> 'messages') with ordinality as i(m, position)
      join tenants t on t.phone_number_id = m ->> 'phoneNumberId'
      group by 1, 2, 3, 4
      order by 1, coalesce(m ->> 'fromUserId', m ->> 'from'), 3
  loop
    paced := paced or sender.throughput is not null;
    person_id := find_or_create_user(sender.tenant_id, sender.phone, sender.wa_user_id, sender.name);
    select * into person from users where id = person_id;
    insert into conversations (tenant_id, user_id) values (sender.tenant_id, person.id) on conflict (user_id) do nothing;
    select * into talk from conversations where user_id = person.id for update;
    limited_wait := null;

    for message in
      select x.*, to_timestamp(x."timestampMs" / 1000.0) as sent_at
        from jsonb_to_recordset(sender.messages) as x("waMessageId" text, "timestampMs" bigint, type text, text text,
          content jsonb, about jsonb, "contextId" text, "groupId" text, "errorCodes" jsonb, admission text, "startsTurn" boolean,
          "retryAfterS" integer, opt text, standby boolean)
    loop
      over_limit := message.admission = 'limited';
      if message.admission = 'unknown' then
        -- The cache did not say: count here, by Meta's time.
        select count(*) >= rate_max into over_limit from messages
          where conversation_id = talk.id and direction = 'in' and state <> 'rate_limited'
            and sent_at > message.sent_at - make_interval(secs => window_s) and sent_at <= message.sent_at;
      end if;
      -- A word that changes nothing is a word like any other.
      choice := case when coalesce(message.sent_at < person.opt_changed_at, false) then null
                     when message.opt = 'stop' and person.opted_out_at is null then 'stop'
                     when message.opt = 'start' and person.opted_out_at is not null then 'start' end;
      starts := message."startsTurn" and not over_limit and (person.opted_out_at is null or choice is not distinct from 'start');
      insert into messages (tenant_id, conversation_id, direction, wa_message_id, seq, state, type, text, content, about, opt,
                            quote_wa_message_id, error_codes, sent_at)
        values (talk.tenant_id, talk.id, 'in', message."waMessageId",
                case when starts then talk.received_seq + 1 end,
                case when over_limit then 'rate_limited' when message."groupId" is not null then 'group' when message.standby then 'standby'
                     when message."startsTurn" and not starts then 'opted_out' else 'received' end,
                message.type, message.text, message.content, nullif(message.about, 'null'), choice, message."contextId",
                coalesce(message."errorCodes", '[]'), message.sent_at)
        on conflict (wa_message_id) do nothing
        returning id into inserted;
      if inserted is null then
        duplicates := duplicates + 1;
        redelivered := redelivered || talk.tenant_id;
        continue;
      end if;
      stored := stored + 1;
      if message."groupId" is null then
        -- Meta delivers for seven days: an older time is no time to count from.
        talk.window_ends_at := greatest(talk.window_ends_at, interval '24 hours'
          + case when message.sent_at > clock_timestamp() - interval '8 days' then message.sent_at else clock_timestamp() end);
        if message.standby then
          talk.status := 'other_app';
        elsif talk.status = 'other_app' then
          -- Meta gives it to us, so it is ours again.
          talk.status := case when exists (select from handoffs where conversation_id = talk.id and handed_back_at is null)
                              then 'human' else 'bot' end;
        elsif talk.status = 'human' and talk.bot_resumes_at < clock_timestamp() then
          update handoffs set handed_back_at = clock_timestamp() where conversation_id = talk.id and handed_back_at is null;
          talk.status := 'bot';
          talk.bot_resumes_at := null;
        end if;
      end if;
      if message.type in ('edit', 'revoke') then perform change_message(talk.id, message.type, message.content); end if;
      if choice is not null then
        update users set opted_out_at = case choice when 'stop' then message.sent_at end, opt_changed_at = message.sent_at
          where id = person.id returning * into person;
        update messages set state = 'withheld', updated_at = clock_timestamp()
          where conversation_id = talk.id and direction = 'out' and state = 'draft' and sends = 0;
      end if;
      if over_limit then
        limited := limited + 1;
        limited_wait := coalesce(message."retryAfterS", window_s);
        limited_text := message.text;
      elsif starts then
        if talk.status <> 'bot' and talk.answered_seq = talk.received_seq then
          talk.answered_seq := talk.answered_seq + 1;  -- a person reads it
        elsif talk.open_since is null then
          talk.open_since := clock_timestamp();
        end if;
        talk.received_seq := talk.received_seq + 1;
      end if;
    end loop;

    if limited_wait is not null and person.opted_out_at is null and coalesce(talk.limit_told_until < clock_timestamp(), true)
       and talk.window_ends_at > clock_timestamp() then
      talk.limit_told_until := clock_timestamp() + make_interval(secs => limited_wait);
      select * into company from tenants where id = talk.tenant_id;
      notices := notices || jsonb_build_object('conversationId', talk.id, 'phoneNumberId', company.phone_number_id,
        'user', person_json(person), 'window', window_json(talk),
        'companyLanguage', company.profile ->> 'language', 'text', limited_text, 'retryAfterS', limited_wait);
    end if;

    update conversations set received_seq = talk.received_seq, answered_seq = talk.answered_seq, status = talk.status,
        bot_resumes_at = talk.bot_resumes_at, open_since = talk.open_since, window_ends_at = talk.window_ends_at,
        limit_told_until = talk.limit_told_until
      where id = talk.id;
    if person.unreachable_at is not null then update users set unreachable_at = null where id = person.id; end if;
    if talk.received_seq > talk.answered_seq then news := news || talk.id; end if;
  end loop;

  if p ? 'besides' then alerts := receive_besides(p -> 'besides', (p ->> 'humanPauseS')::integer); end if;
  if p -> 'statuses' <> '[]' then
    select s.applied, s.opened, s.woken || news into applied, opened, news from receive_statuses(p -> 'statuses') s;
  end if;
  if paced then perform count_inbound(p -> 'messages'); end if;
  if redelivered <> '{}' then
    perform raise_counters(tenant, array_agg('redelivered'::text))
      from unnest(redelivered) tenant group by tenant order by tenant;
  end if;

  -- Most of the time nobody waits so long that it is worth a closer look.
  if (select min(open_since) from conversations where received_seq > answered_seq) < clock_timestamp() - interval '5 seconds' then
    left_open := array(select open_conversations(3) except select unnest(news));
  end if;
  return jsonb_build_object(
    'conversationIds', to_jsonb(news),
    'leftOpen', to_jsonb(left_open),
    'stored', stored, 'duplicates', duplicates, 'limited', limited, 'notOurs', not_ours,
    'statusesApplied', applied, 'notices', notices, 'handoffs', opened, 'alerts', alerts);
end $$;
