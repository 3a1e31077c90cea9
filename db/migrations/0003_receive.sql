-- The webhook's one statement: `select receive_batch(…)`. Each step sees what the steps before it and other
-- committed transactions wrote; every conversation is locked before its counters are read. See docs/architecture.md.

create function find_or_create_user(p_tenant uuid, p_phone text, p_wa_user_id text, p_name text)
returns uuid language plpgsql as $$
declare
  person users;
begin
  loop
    select * into person from users
      where tenant_id = p_tenant and (wa_user_id = p_wa_user_id or phone = p_phone)
      order by (wa_user_id = p_wa_user_id) desc nulls last limit 1;
    -- A phone that was somebody else's: the number moved on, the business-scoped id is the person.
    if person.id is not null and person.wa_user_id <> p_wa_user_id then
      update users set phone = null where id = person.id;
      person := null;
    end if;
    if person.id is not null then
      if p_phone is not null and person.phone is distinct from p_phone then
        update users set phone = null
          where tenant_id = p_tenant and phone = p_phone and wa_user_id is not null and id <> person.id;
      end if;
      update users set
          name = coalesce(p_name, name),
          wa_user_id = coalesce(wa_user_id, p_wa_user_id),
          phone = case when exists (select 1 from users o where o.tenant_id = p_tenant and o.phone = p_phone and o.id <> person.id)
                       then phone else coalesce(p_phone, phone) end
        where id = person.id
          and (name is distinct from coalesce(p_name, name) or wa_user_id is distinct from coalesce(wa_user_id, p_wa_user_id)
               or phone is distinct from coalesce(p_phone, phone));
      return person.id;
    end if;
    insert into users (tenant_id, phone, wa_user_id, name) values (p_tenant, p_phone, p_wa_user_id, p_name)
      on conflict do nothing returning * into person;
    if person.id is not null then return person.id; end if;
    -- Somebody else inserted the same person at this moment: look again.
  end loop;
end $$;

create function receive_statuses(p_statuses jsonb) returns integer language plpgsql as $$
declare
  report record;
  settled uuid;
  settled_tenants uuid[] := '{}';
  applied integer := 0;
begin
  for report in
    select s.*, coalesce(m.id, o.id) as message_id, coalesce(m.state, o.state) as old_state
      from rows from (jsonb_to_recordset(p_statuses)
          as ("waMessageId" text, "opaqueId" text, status text, "errorCodes" jsonb, pricing jsonb))
        with ordinality as s("waMessageId", "opaqueId", status, "errorCodes", pricing, position)
      left join messages m on m.wa_message_id = s."waMessageId" and m.direction = 'out'
      left join messages o on o.direction = 'out'
        and o.id = case when s."opaqueId" ~ '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$' then s."opaqueId"::uuid end
      order by coalesce(m.id, o.id), s.position
  loop
    if report.message_id is null then
      insert into early_statuses as e (wa_message_id, state, error_codes, pricing)
        values (report."waMessageId", report.status, coalesce(report."errorCodes", '[]'), report.pricing)
        on conflict (wa_message_id) do update
          set state = excluded.state, error_codes = excluded.error_codes, pricing = coalesce(excluded.pricing, e.pricing)
          where moves_forward(e.state, excluded.state);
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
      if found then applied := applied + 1; end if;
    end if;
  end loop;
  perform raise_counters(tenant, array_agg('settled_by_echo'::text))
    from unnest(settled_tenants) tenant group by tenant order by tenant;
  return applied;
end $$;

create function receive_batch(p jsonb) returns jsonb language plpgsql as $$
declare
  sender record;
  message record;
  talk conversations;
  person_id uuid;
  person users;
  company tenants;
  inserted uuid;
  over_limit boolean;
  limited_text text;
  limited_wait integer;
  news uuid[] := '{}';
  redelivered uuid[] := '{}';
  notices jsonb := '[]';
  stored integer := 0; duplicates integer := 0; limited integer := 0;
  not_ours integer; applied integer;
  rate_max integer := (p -> 'rateLimit' ->> 'max')::integer;
  window_s integer := (p -> 'rateLimit' ->> 'windowS')::integer;
begin
  insert into tenants (phone_number_id)
    select n from jsonb_array_elements_text(p -> 'phoneNumberIds') n
    where not exists (select 1 from tenants where phone_number_id = n)
    on conflict do nothing;

  select count(*) into not_ours from jsonb_array_elements(p -> 'messages') m
    where not exists (select 1 from tenants where phone_number_id = m ->> 'phoneNumberId');

  -- Always in the same order, so that two batches cannot wait for each other.
  for sender in
    select t.id as tenant_id, m ->> 'from' as phone, m ->> 'fromUserId' as wa_user_id,
           max(m ->> 'profileName') as name, jsonb_agg(m order by (m ->> 'timestampMs')::bigint, position) as messages
      from jsonb_array_elements(p -> 'messages') with ordinality as i(m, position)
      join tenants t on t.phone_number_id = m ->> 'phoneNumberId'
      group by 1, 2, 3
      order by 1, coalesce(m ->> 'fromUserId', m ->> 'from'), 2
  loop
    person_id := find_or_create_user(sender.tenant_id, sender.phone, sender.wa_user_id, sender.name);
    select * into person from users where id = person_id;
    insert into conversations (tenant_id, user_id) values (sender.tenant_id, person.id) on conflict (user_id) do nothing;
    select * into talk from conversations where user_id = person.id for update;
    limited_wait := null;

    for message in
      select x.*, to_timestamp(x."timestampMs" / 1000.0) as sent_at
        from jsonb_to_recordset(sender.messages) as x("waMessageId" text, "timestampMs" bigint, type text, text text,
          content jsonb, "contextId" text, "groupId" text, "errorCodes" jsonb, admission text, "startsTurn" boolean, "retryAfterS" integer)
    loop
      over_limit := message.admission = 'limited';
      if message.admission = 'unknown' then
        -- The cache did not say: count here, by Meta's time.
        select count(*) >= rate_max into over_limit from messages
          where conversation_id = talk.id and direction = 'in' and state <> 'rate_limited'
            and sent_at > message.sent_at - make_interval(secs => window_s) and sent_at <= message.sent_at;
      end if;
      insert into messages (tenant_id, conversation_id, direction, wa_message_id, seq, state, type, text, content,
                            quote_wa_message_id, error_codes, sent_at)
        values (talk.tenant_id, talk.id, 'in', message."waMessageId",
                case when message."startsTurn" and not over_limit then talk.received_seq + 1 end,
                case when over_limit then 'rate_limited' when message."groupId" is not null then 'group' else 'received' end,
                message.type, message.text, message.content, message."contextId",
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
        talk.window_ends_at := greatest(talk.window_ends_at, message.sent_at + interval '24 hours');
      end if;
      if over_limit then
        limited := limited + 1;
        limited_wait := coalesce(message."retryAfterS", window_s);
        limited_text := message.text;
      elsif message."startsTurn" then
        if talk.status = 'human' and talk.answered_seq = talk.received_seq then
          talk.answered_seq := talk.answered_seq + 1;  -- a person reads it
        elsif talk.open_since is null then
          talk.open_since := clock_timestamp();
        end if;
        talk.received_seq := talk.received_seq + 1;
      end if;
    end loop;

    if limited_wait is not null and coalesce(talk.limit_told_until < clock_timestamp(), true) then
      talk.limit_told_until := clock_timestamp() + make_interval(secs => limited_wait);
      select * into company from tenants where id = talk.tenant_id;
      notices := notices || jsonb_build_object('conversationId', talk.id, 'phoneNumberId', company.phone_number_id,
        'user', jsonb_build_object('id', person.id, 'phone', person.phone, 'waUserId', person.wa_user_id,
                                   'name', person.name, 'language', person.language),
        'companyLanguage', company.profile ->> 'language', 'text', limited_text, 'retryAfterS', limited_wait);
    end if;

    update conversations set received_seq = talk.received_seq, answered_seq = talk.answered_seq,
        open_since = talk.open_since, window_ends_at = talk.window_ends_at, limit_told_until = talk.limit_told_until
      where id = talk.id;
    if talk.received_seq > talk.answered_seq then news := news || talk.id; end if;
  end loop;

  applied := receive_statuses(p -> 'statuses');
  perform raise_counters(tenant, array_agg('redelivered'::text))
    from unnest(redelivered) tenant group by tenant order by tenant;

  return jsonb_build_object(
    'conversationIds', to_jsonb(news),
    'leftOpen', to_jsonb(array(select open_conversations(3) except select unnest(news))),
    'stored', stored, 'duplicates', duplicates, 'limited', limited, 'notOurs', not_ours,
    'statusesApplied', applied, 'notices', notices);
end $$;
