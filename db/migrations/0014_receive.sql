-- What held against our own stand-ins and not against the world: answers that are lost twice, people who take over while a
-- draft waits, ids that two numbers share, names that change meanwhile, and customers who cost money.

-- Ids are Meta's to choose, and nothing says that two numbers never see the same one.
alter table messages drop constraint messages_wa_message_id_key, add unique (tenant_id, wa_message_id);
delete from early_statuses where tenant_id is null;
alter table early_statuses alter column tenant_id set not null, drop constraint early_statuses_pkey, add primary key (tenant_id, wa_message_id);

-- Nothing calls it any more.
drop function receive_batch(jsonb);

-- What one person used on that day (UTC), and how often in a row they sent the same words: with the row that is locked anyway.
alter table conversations
  add column usage_day date, add column usage_turns integer not null default 0, add column usage_sound_s integer not null default 0,
  add column repeat_key text, add column repeat_count integer not null default 0;

-- What a number used, by day (UTC) and in shares, so that conversations do not queue for one row.
create table usage (
  tenant_id uuid not null references tenants on delete cascade,
  day date not null,
  share integer not null,
  turns integer not null default 0,
  sound_s integer not null default 0,
  -- Model cost, estimated where a price is not known.
  usd numeric(14, 8) not null default 0,
  primary key (tenant_id, day, share)
);

-- What somebody of the company was told of on a day, so that it is told once.
create table daily_notices (
  tenant_id uuid not null references tenants on delete cascade,
  day date not null,
  -- The person or the number that it is about.
  subject uuid not null,
  name text not null,
  primary key (tenant_id, day, subject, name)
);

-- Meta said that a person goes by another name while a reply to them was on its way: applied when it has arrived.
create table identity_changes_aside (
  id bigint generated always as identity primary key,
  tenant_id uuid not null references tenants on delete cascade,
  change jsonb not null,
  received_at timestamptz not null default clock_timestamp()
);

create function utc_today() returns date language sql volatile as $$
  select (clock_timestamp() at time zone 'UTC')::date
$$;

-- True for the first who asks on a day.
create function first_today(p_tenant uuid, p_subject uuid, p_name text) returns boolean language plpgsql as $$
begin
  insert into daily_notices (tenant_id, day, subject, name) values (p_tenant, utc_today(), p_subject, p_name) on conflict do nothing;
  return found;
end $$;

-- What was used before a turn begins.
create function usage_json(talk conversations) returns json language plpgsql as $$
declare
  today boolean := talk.usage_day = utc_today();
begin
  return json_build_object(
    'turns', case when today then talk.usage_turns else 0 end,
    'soundSeconds', case when today then talk.usage_sound_s else 0 end,
    'numberUsd', coalesce((select sum(usd) from usage where tenant_id = talk.tenant_id and day = utc_today()), 0));
end $$;

-- Books a turn with its number; the person's part is in the row that comes back, for whoever writes it.
create function book_usage(talk conversations, p_usage jsonb, p_repeat jsonb) returns conversations language plpgsql as $$
declare
  sound_s integer := (p_usage ->> 'soundSeconds')::integer;
begin
  if talk.usage_day is distinct from utc_today() then
    talk.usage_day := utc_today();
    talk.usage_turns := 0;
    talk.usage_sound_s := 0;
  end if;
  talk.usage_turns := talk.usage_turns + 1;
  talk.usage_sound_s := talk.usage_sound_s + sound_s;
  talk.repeat_key := p_repeat ->> 'key';
  talk.repeat_count := coalesce((p_repeat ->> 'count')::integer, 0);
  insert into usage as u (tenant_id, day, share, turns, sound_s, usd)
    values (talk.tenant_id, utc_today(), txid_current() % 16, 1, sound_s, (p_usage ->> 'usd')::numeric)
    on conflict (tenant_id, day, share) do update
      set turns = u.turns + 1, sound_s = u.sound_s + excluded.sound_s, usd = u.usd + excluded.usd;
  return talk;
end $$;

-- Whether a reply of this turn may go out now: the bot has the conversation, or the turn itself has called whoever has it; and the
-- reader has not asked for no more messages since.
create function may_speak(talk conversations, p_turn uuid, p_through bigint) returns boolean language plpgsql as $$
declare
  stopped_at timestamptz;
begin
  if talk.status <> 'bot' and not exists (select from handoffs where turn_id = p_turn and handed_back_at is null) then
    return false;
  end if;
  select opt_changed_at into stopped_at from users where id = talk.user_id and opted_out_at is not null;
  return stopped_at is null or not exists (
    select from messages where conversation_id = talk.id and sent_at = stopped_at and opt = 'stop'
      and (seq is null or seq > p_through));
end $$;

-- The last look before a part is sent: whether it may still go out, and whether the part before it has reached the phone.
create function look_before_send(p jsonb) returns json language plpgsql as $$
declare
  talk conversations;
begin
  select * into talk from conversations where id = (p ->> 'conversationId')::uuid and epoch = (p ->> 'epoch')::bigint;
  return json_build_object(
    'maySend', talk.id is not null and may_speak(talk, (p ->> 'turnId')::uuid, (p ->> 'throughSeq')::bigint),
    'reached', coalesce((select delivery_rank(state) >= 2 from messages 
                            where id = (p ->> 'previousId')::uuid and conversation_id = talk.id), true));
end $$;

-- As before, with what was used today; and without what was said long ago.
create or replace function begin_turn(talk conversations, company tenants, person users, p_turn uuid, p_through bigint, p_lease_ms integer,
                           pending json, unsent json, handoff json, happened text[]) returns json language plpgsql as $$
declare
  history json;
begin
  if unsent is null then
    insert into turns (id, tenant_id, conversation_id, epoch, through_seq)
      values (p_turn, talk.tenant_id, talk.id, talk.epoch + 1, p_through);
  end if;
  update conversations set
      received_seq = talk.received_seq, answered_seq = talk.answered_seq, status = talk.status,
      bot_resumes_at = talk.bot_resumes_at, open_since = talk.open_since, window_ends_at = talk.window_ends_at,
      limit_told_until = talk.limit_told_until,
      epoch = talk.epoch + 1, attempts = talk.attempts + 1, retry_at = null,
      lease_expires_at = clock_timestamp() + p_lease_ms * interval '1 millisecond'
    where id = talk.id;
  -- Left behind by somebody else: a holder that died, a try that failed, a start that never came.
  if talk.lease_expires_at is not null or talk.retry_at is not null
     or (talk.attempts = 0 and talk.open_since < clock_timestamp() - interval '5 seconds') then
    happened := happened || 'resumed'::text;
  end if;
  if happened <> '{}' then perform raise_counters(talk.tenant_id, happened); end if;

  -- Meta's times are whole seconds: within one, what came first here came first.
  select json_agg(told_json(h) order by date_trunc('second', h.sent_at), h.created_at) into history from (
    select * from messages m
      where m.conversation_id = talk.id
        -- Phone numbers change hands: after so long it may be somebody else's.
        and m.created_at > clock_timestamp() - interval '45 days'
        and m.state not in ('draft', 'ambiguous', 'withheld', 'failed', 'rate_limited', 'group', 'revoked')
        and not (m.direction = 'in' and m.seq is not null and m.seq > talk.answered_seq)
      order by m.sent_at desc limit 10) h;

  return json_build_object(
      'turnId', p_turn, 'conversationId', talk.id, 'epoch', talk.epoch + 1,
      'afterSeq', talk.answered_seq, 'throughSeq', p_through,
      'attempts', talk.attempts, 'previousRung', talk.previous_rung, 'window', window_json(talk),
      'tenant', json_build_object('id', company.id, 'phoneNumberId', company.phone_number_id, 'profile', company.profile),
      'user', person_json(person),
      'usage', usage_json(talk),
      'repeat', case when talk.repeat_key is not null then json_build_object('key', talk.repeat_key, 'count', talk.repeat_count) end,
      'pending', pending, 'history', coalesce(history, '[]'), 'unsent', coalesce(unsent, '[]'), 'untoldHandoff', handoff);
end $$;
-- As before, but a draft that waited is withheld when somebody else has the conversation by now.
create or replace function claim_turn(p_conversation uuid, p_turn uuid, p_lease_ms integer) returns json language plpgsql as $$
declare
  talk conversations;
  company tenants;
  person users;
  drafted turns;
  unsent json;
  handoff json;
  pending json;
  happened text[] := '{}';
  -- Of a reply that was withheld: some part of it arrived, or may have been sent.
  said boolean := true;
  tried boolean;
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
    select json_agg(json_build_object('id', m.id, 'turnId', m.turn_id, 'sends', m.sends,
        'message', coalesce(m.content, jsonb_build_object('kind', 'text', 'text', m.text)),
        'quoteWaMessageId', m.quote_wa_message_id,
        -- A holder may have sent it until its lease ended, however long ago it wrote it down.
        'ageMs', floor(extract(epoch from clock_timestamp() - greatest(m.updated_at, talk.lease_expires_at)) * 1000))
        order by m.sent_at)
      into unsent from messages m where m.turn_id = drafted.id and m.direction = 'out' and m.state in ('draft', 'ambiguous');
    select json_build_object('reason', reason, 'summary', summary) into handoff from handoffs
      where turn_id = drafted.id and notified_at is null and handed_back_at is null;
    if unsent is not null and not may_speak(talk, drafted.id, drafted.through_seq) then
      update messages set state = 'withheld', updated_at = clock_timestamp()
        where turn_id = drafted.id and direction = 'out' and state in ('draft', 'ambiguous');
      unsent := null;
      happened := '{suppressed}';
    end if;
    if unsent is null then
      select coalesce(bool_or(delivery_rank(state) > 0), false), coalesce(bool_or(sends > 0), false) into said, tried
        from messages where turn_id = drafted.id and direction = 'out';
      if handoff is null and not tried then
        -- Nothing of it was said: what it was to answer is the person's to read, or is answered anew.
        update turns set state = 'withheld', ended_at = clock_timestamp() where id = drafted.id;
        drafted := null;
      end if;
    end if;
    if drafted.id is not null and unsent is null then
      happened := happened || unanswered_sends(array(select id from messages where turn_id = drafted.id and direction = 'out'));
    end if;
    if drafted.id is not null and unsent is null and handoff is null then
      update turns set state = case when said then 'answered' else 'withheld' end, ended_at = clock_timestamp() where id = drafted.id;
      update messages set turn_id = drafted.id
        where conversation_id = talk.id and turn_id is null and seq > talk.answered_seq and seq <= drafted.through_seq;
      talk.answered_seq := greatest(talk.answered_seq, drafted.through_seq);
      drafted := null;
    end if;
  end if;
  if drafted.id is null then
    if talk.status <> 'bot' then talk.answered_seq := talk.received_seq; end if;
    select json_agg(told_json(m) order by m.sent_at, m.seq) into pending
      from messages m where m.conversation_id = talk.id and m.seq > talk.answered_seq and m.state = 'received';
    if pending is null then
      -- A new epoch, so that a draft still on its way from an earlier holder comes to nothing.
      update conversations set answered_seq = received_seq, open_since = null, lease_expires_at = null, retry_at = null,
        attempts = 0, epoch = epoch + 1 where id = talk.id;
      perform raise_counters(talk.tenant_id, happened);
      return null;
    end if;
  end if;
  select * into company from tenants where id = talk.tenant_id;
  select * into person from users where id = talk.user_id;
  if drafted.id is not null then
    return begin_turn(talk, company, person, drafted.id, drafted.through_seq, p_lease_ms, '[]', coalesce(unsent, '[]'), handoff, happened);
  end if;
  return begin_turn(talk, company, person, p_turn, talk.received_seq, p_lease_ms, pending, null, null, happened);
end $$;-- Meta says that one person goes by another phone or user id from now on. False, and nothing is done, while a reply to them is on
-- its way.
drop function change_identity(uuid, jsonb);
create function change_identity(p_tenant uuid, change jsonb) returns boolean language plpgsql as $$
declare
  old_phone text := change -> 'phone' ->> 'previous';
  new_phone text := change -> 'phone' ->> 'current';
  old_id text := change -> 'userId' ->> 'previous';
  new_id text := change -> 'userId' ->> 'current';
  changed_at timestamptz := to_timestamp((change ->> 'timestampMs')::bigint / 1000.0);
  person users;
  other users;
begin
  select * into person from users
    where tenant_id = p_tenant and (wa_user_id = old_id or phone = old_phone)
    order by (wa_user_id = old_id) desc nulls last limit 1;
  if person.id is null then return true; end if;
  select * into other from users
    where tenant_id = p_tenant and id <> person.id and (wa_user_id = new_id or phone = new_phone)
    order by (wa_user_id = new_id) desc nulls last limit 1;
  if other.id is not null and not coalesce(other.wa_user_id = new_id, false)
     and other.created_at < changed_at - interval '1 day' then
    -- Whoever had this number before is somebody else.
    update users set phone = null where id = other.id;
    other := null;
  end if;
  if other.id is not null then
    -- They wrote under the new name before Meta told us of it.
    if not merge_people(other.id, person.id) then return false; end if;
    update users u set phone = coalesce(new_phone, u.phone, person.phone)
      where id = other.id and not exists (
        select from users o where o.tenant_id = p_tenant and o.phone = coalesce(new_phone, u.phone, person.phone) and o.id <> u.id);
    return true;
  end if;
  -- With a new number comes a new user id: the old one will not be seen again.
  update users set
      phone = coalesce(new_phone, phone),
      wa_user_id = case when new_id is not null then new_id when new_phone <> phone then null else wa_user_id end
    where id = person.id;
  return true;
end $$;

-- Changes that were put aside, oldest first, as far as nobody holds the people they are about. One that follows another waits for it.
create function apply_identity_changes(p_limit integer) returns void language plpgsql as $$
declare
  item identity_changes_aside;
begin
  for item in select * from identity_changes_aside order by id limit p_limit for update skip locked loop
    if exists (select from identity_changes_aside a where a.tenant_id = item.tenant_id and a.id < item.id
                 and follows_identity_change(item.change, a.change)) then
      continue;
    end if;
    begin
      -- Whoever calls this may hold a conversation: nobody is waited for.
      perform from conversations c join users u on u.id = c.user_id
        where u.tenant_id = item.tenant_id
          and (u.wa_user_id in (item.change #>> '{userId,previous}', item.change #>> '{userId,current}')
               or u.phone in (item.change #>> '{phone,previous}', item.change #>> '{phone,current}'))
        order by c.id for update of c nowait;
      if change_identity(item.tenant_id, item.change) or item.received_at < clock_timestamp() - interval '7 days' then
        delete from identity_changes_aside where id = item.id;
      end if;
    exception when lock_not_available then null;
    end;
  end loop;
end $$;

-- Whether the first change is of a name that the second one gave.
create function follows_identity_change(p_next jsonb, p_first jsonb) returns boolean language sql immutable as $$
  select coalesce(p_next #>> '{userId,previous}' = p_first #>> '{userId,current}', false)
      or coalesce(p_next #>> '{phone,previous}' = p_first #>> '{phone,current}', false)
$$;


-- A turn was given up because nobody confirmed what it sent, and now somebody has: it is answered after all.
create function confirm_turn(p_turn uuid) returns void language plpgsql as $$
begin
  update turns t set state = 'answered'
    where id = p_turn and state = 'dead' and rung is distinct from 'apology'
      and exists (select from messages where turn_id = p_turn and direction = 'out' and delivery_rank(state) > 0)
      and not exists (select from messages where turn_id = p_turn and direction = 'out' and state in ('draft', 'ambiguous', 'failed'));
  if found then
    update messages set state = 'received', updated_at = clock_timestamp()
      where turn_id = p_turn and direction = 'in' and state = 'dead';
  end if;
end $$;

create or replace function receive_statuses(p_statuses jsonb, out applied integer, out opened jsonb, out woken uuid[]) language plpgsql as $$
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
    select s.*, coalesce(m.id, o.id) as message_id, coalesce(m.turn_id, o.turn_id) as turn_id, coalesce(m.state, o.state) as old_state,
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
        on conflict (tenant_id, wa_message_id) do update
          set state = excluded.state, error_codes = excluded.error_codes, pricing = coalesce(excluded.pricing, e.pricing), effect = excluded.effect
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
          -- An id that another message has already is not this one's, whatever else Meta says of it.
          wa_message_id = case when wa_message_id is null and not exists (
              select from messages k where k.tenant_id = report.tenant_id and k.wa_message_id = report."waMessageId")
            then report."waMessageId" else wa_message_id end,
          error_codes = coalesce(report."errorCodes", '[]'),
          pricing = coalesce(nullif(report.pricing, 'null'), pricing),
          updated_at = clock_timestamp()
        where id = report.message_id and moves_forward(state, report.status);
      if found then
        applied := applied + 1;
        if report.old_state = 'ambiguous' and report.status <> 'failed' then perform confirm_turn(report.turn_id); end if;
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

create or replace function receive_besides(p jsonb, p_human_pause_s integer) returns jsonb language plpgsql as $$
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
      if exists (select from identity_changes_aside a
                   where a.tenant_id = item.tenant_id and follows_identity_change(item.body, a.change))
         or not change_identity(item.tenant_id, item.body) then
        insert into identity_changes_aside (tenant_id, change) values (item.tenant_id, item.body);
      end if;
      continue;
    end if;
    if item.kind = 'echoes' and item.at < clock_timestamp() - interval '8 days' and was_purged(item.tenant_id, item.body ->> 'waMessageId') then
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
          on conflict (tenant_id, wa_message_id) do nothing;
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
          -- What was said before the last word is no news.
          update users set no_marketing_at = case item.body ->> 'value' when 'stop' then item.at end
            where id = (select user_id from conversations where id = talk_id) and coalesce(no_marketing_at <= item.at, true);
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

create or replace function receive_events(p jsonb) returns json language plpgsql as $$
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
alter function receive_events(jsonb) set plan_cache_mode = force_generic_plan;
alter function receive_events(jsonb) set lock_timeout = '2s';
alter function claim_turn(uuid, uuid, integer) set plan_cache_mode = force_generic_plan;
alter function claim_turn(uuid, uuid, integer) set lock_timeout = '2s';
