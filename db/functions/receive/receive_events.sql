-- Stores a webhook: `senders` with their messages in order, each sender once and always in the same order, so that two webhooks
-- cannot wait for each other; statuses; and what else there may be. With `claim`, and one sender for whom nothing waited before,
-- begins the turn as well. As few statements as can be, because each costs PostgreSQL more than what it finds. Settings as in all
-- functions of the way of a message: what is asked is always alike, so it is planned once; and a wait for a lock may hold up others
-- whose calls are in the same statement, so it is short.
create or replace function receive_events(p jsonb) returns json language plpgsql
set plan_cache_mode = force_generic_plan set lock_timeout = '2s' as $$
declare
  sender record;
  message record;
  company tenants;
  person users;
  person_id uuid;
  talk conversations;
  stored_row messages;
  over_limit boolean;
  starts boolean;
  choice text;
  limited_text text;
  limited_wait integer;
  -- All that waits for an answer; null when something waited before, or was changed: then the turn begins with `claim_turn`.
  pending json[];
  claim json;
  news uuid[] := '{}';
  left_open uuid[] := '{}';
  redelivered uuid[] := '{}';
  notices jsonb := '[]';
  alerts jsonb := '[]';
  opened jsonb := '[]';
  stored integer := 0; duplicates integer := 0; limited integer := 0; applied integer := 0; not_ours integer := 0;
  -- A number among them sends at a known rate.
  paced boolean := false;
  rate_max integer := (p -> 'rateLimit' ->> 'max')::integer;
  window_s integer := (p -> 'rateLimit' ->> 'windowS')::integer;
begin
  if p -> 'throughputs' <> '{}' then
    update tenants t set throughput = s.value::integer from jsonb_each_text(p -> 'throughputs') s
      where t.phone_number_id = s.key and t.throughput is distinct from s.value::integer;
  end if;

  for sender in
    select s."phoneNumberId" as phone_number_id, s."from" as phone, s."fromUserId" as wa_user_id, s.name, s.messages,
           t::tenants as company
      from rows from (jsonb_to_recordset(p -> 'senders')
          as ("phoneNumberId" text, "from" text, "fromUserId" text, name text, messages jsonb)) with ordinality
        as s("phoneNumberId", "from", "fromUserId", name, messages, position)
      -- One by one: a join with a list of unknown length makes the planner read the whole table.
      left join lateral (select * from tenants where phone_number_id = s."phoneNumberId" limit 1) t on true
      order by s.position
  loop
    company := sender.company;
    if company.id is null and p -> 'phoneNumberIds' ? sender.phone_number_id then
      perform know_numbers(p -> 'phoneNumberIds');
      select * into company from tenants where phone_number_id = sender.phone_number_id;
    end if;
    if company.id is null then
      not_ours := not_ours + jsonb_array_length(sender.messages);
      continue;
    end if;
    paced := paced or company.throughput is not null;
    if sender.phone is not null then
      select * into person from users where tenant_id = company.id and phone = sender.phone;
    else
      select * into person from users where tenant_id = company.id and wa_user_id = sender.wa_user_id;
    end if;
    -- Somebody new, or by another name or id so far.
    if person.id is null or person.wa_user_id <> sender.wa_user_id or (person.wa_user_id is null and sender.wa_user_id is not null)
       or person.name is distinct from coalesce(sender.name, person.name) then
      person_id := find_or_create_user(company.id, sender.phone, sender.wa_user_id, sender.name);
      select * into person from users where id = person_id;
    end if;
    select * into talk from conversations where user_id = person.id for update;
    if talk.id is null then
      insert into conversations (tenant_id, user_id) values (company.id, person.id) on conflict (user_id) do nothing;
      select * into talk from conversations where user_id = person.id for update;
    end if;
    limited_wait := null;
    pending := case when talk.received_seq = talk.answered_seq then '{}'::json[] end;

    for message in
      select x.*, to_timestamp(x."timestampMs" / 1000.0) as sent_at
        from jsonb_to_recordset(sender.messages) as x("waMessageId" text, "timestampMs" bigint, type text, text text,
          content jsonb, about jsonb, "contextId" text, "groupId" text, "errorCodes" jsonb, admission text, "startsTurn" boolean,
          "retryAfterS" integer, opt text, standby boolean)
    loop
      -- Meta delivers for seven days. What is older may have been answered, and its row purged since.
      if message.sent_at < clock_timestamp() - interval '8 days' and was_purged(talk.tenant_id, message."waMessageId") then
        duplicates := duplicates + 1;
        continue;
      end if;
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
        on conflict (tenant_id, wa_message_id) do nothing
        returning * into stored_row;
      if stored_row.id is null then
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
      if message.type in ('edit', 'revoke') then
        perform change_message(talk.id, message.type, message.content);
        pending := null;
      end if;
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
        if pending is not null and stored_row.state = 'received' then pending := pending || told_json(stored_row); end if;
      end if;
    end loop;

    if limited_wait is not null and person.opted_out_at is null and coalesce(talk.limit_told_until < clock_timestamp(), true)
       and talk.window_ends_at > clock_timestamp() then
      talk.limit_told_until := clock_timestamp() + make_interval(secs => limited_wait);
      notices := notices || jsonb_build_object('conversationId', talk.id, 'phoneNumberId', sender.phone_number_id,
        'user', person_json(person), 'window', window_json(talk),
        'companyLanguage', company.profile ->> 'language', 'text', limited_text, 'retryAfterS', limited_wait);
    end if;

    if talk.received_seq > talk.answered_seq then news := news || talk.id; end if;
    if p ? 'claim' and jsonb_array_length(p -> 'senders') = 1 and talk.status = 'bot' and cardinality(pending) > 0
       and coalesce(talk.lease_expires_at <= clock_timestamp(), true) and coalesce(talk.retry_at <= clock_timestamp(), true)
       and not exists (select from turns where conversation_id = talk.id and state in ('running', 'drafted')) then
      claim := begin_turn(talk, company, person, (p -> 'claim' ->> 'turnId')::uuid, talk.received_seq,
                          (p -> 'claim' ->> 'leaseMs')::integer, array_to_json(pending), null, null, '{}');
    else
      update conversations set received_seq = talk.received_seq, answered_seq = talk.answered_seq, status = talk.status,
          bot_resumes_at = talk.bot_resumes_at, open_since = talk.open_since, window_ends_at = talk.window_ends_at,
          limit_told_until = talk.limit_told_until
        where id = talk.id;
    end if;
    if person.unreachable_at is not null then update users set unreachable_at = null where id = person.id; end if;
  end loop;

  if p ? 'besides' then
    perform know_numbers(p -> 'phoneNumberIds');
    alerts := receive_besides(p -> 'besides', (p ->> 'humanPauseS')::integer);
  end if;
  if exists (select from identity_changes_aside) then perform apply_identity_changes(3); end if;
  if p -> 'statuses' <> '[]' then
    select s.applied, s.opened, s.woken || news into applied, opened, news from receive_statuses(p -> 'statuses') s;
  end if;
  if paced then perform count_inbound(jsonb_path_query_array(p, '$.senders[*].messages[*]')); end if;
  if redelivered <> '{}' then
    perform raise_counters(tenant, array_agg('redelivered'::text))
      from unnest(redelivered) tenant group by tenant order by tenant;
  end if;

  -- Most of the time nobody waits so long that it is worth a closer look.
  if (select min(open_since) from conversations where received_seq > answered_seq) < clock_timestamp() - interval '5 seconds' then
    left_open := array(select open_conversations(3) except select unnest(news));
  end if;
  return json_build_object(
    'conversationIds', news, 'claim', claim,
    'leftOpen', left_open,
    'stored', stored, 'duplicates', duplicates, 'limited', limited, 'notOurs', not_ours,
    'statusesApplied', applied, 'notices', notices, 'handoffs', opened, 'alerts', alerts);
end $$;
