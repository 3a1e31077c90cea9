-- People are forgotten too: with the last that is known of them, but for what they chose; and what is waiting is found by number.

-- Who has been quiet for how long; and nothing that is deleted makes PostgreSQL read a whole table for what hangs on it.
create index conversations_quiet on conversations ((coalesce(window_ends_at, created_at)));
create index handoffs_conversation on handoffs (conversation_id);
create index handoffs_turn on handoffs (turn_id) where turn_id is not null;
drop index handoffs_handed_back;
create index handoffs_settled on handoffs (opened_at) where handed_back_at is not null;

-- Random, one for this database. What is hashed with it is safe in a table that was exported or copied alone: without the key
-- nobody can try all phone numbers. Whoever has the whole database has the key as well.
create table hash_key (
  only_one boolean primary key default true check (only_one),
  key bytea not null
);
insert into hash_key (key)
  select uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid());

-- A phone or a user id as a keyed hash, null for null: hashed twice, as HMAC does, because what built-ins offer is no HMAC.
create function person_hash(p_tenant uuid, p_kind text, p_name text) returns bytea language sql stable as $$
  select sha256(key || sha256(key || convert_to(p_tenant || ' ' || p_kind || ' ' || p_name, 'UTF8'))) from hash_key
$$;

-- The choices of people who are forgotten: whoever asked for no more messages stays unwritten to when they come back.
create table opted_out_hashes (
  tenant_id uuid not null references tenants on delete cascade,
  -- Of the phone or of the user id: one row for each that the person had.
  hash bytea not null,
  -- Of the user id, where there was one: the same phone with another user id is somebody else's.
  user_hash bytea,
  opted_out_at timestamptz,
  no_marketing_at timestamptz,
  primary key (tenant_id, hash)
);

-- Deletes people with all that was said, and keeps their choices; how many. For the purge, and for whoever asks to be forgotten.
create function forget_people(p_users uuid[]) returns integer language plpgsql as $$
declare
  v_people integer;
begin
  -- The conversation first, as everybody who writes to one.
  perform from conversations where user_id = any (p_users) order by id for update;
  insert into opted_out_hashes as h (tenant_id, hash, user_hash, opted_out_at, no_marketing_at)
    select u.tenant_id, n.hash, person_hash(u.tenant_id, 'user', u.wa_user_id), u.opted_out_at, u.no_marketing_at
      from users u, lateral (values (person_hash(u.tenant_id, 'phone', u.phone)), (person_hash(u.tenant_id, 'user', u.wa_user_id))) n (hash)
      where u.id = any (p_users) and coalesce(u.opted_out_at, u.no_marketing_at) is not null and n.hash is not null
      order by u.tenant_id, n.hash
    on conflict (tenant_id, hash) do update set user_hash = excluded.user_hash,
      opted_out_at = greatest(h.opted_out_at, excluded.opted_out_at), no_marketing_at = greatest(h.no_marketing_at, excluded.no_marketing_at);
  delete from users where id = any (p_users);
  get diagnostics v_people = row_count;
  return v_people;
end $$;

-- Somebody is back, or known by another name as well: what they chose before they were forgotten counts again, unless they have
-- chosen since.
create function recall_choices(person users) returns void language plpgsql as $$
declare
  of_phone bytea := person_hash(person.tenant_id, 'phone', person.phone);
  of_user bytea := person_hash(person.tenant_id, 'user', person.wa_user_id);
begin
  with recalled as (
    delete from opted_out_hashes
      where tenant_id = person.tenant_id and hash in (of_phone, of_user)
        and coalesce(user_hash = of_user, true)
      returning opted_out_at, no_marketing_at),
  newest as (select max(opted_out_at) as opted_out_at, max(no_marketing_at) as no_marketing_at from recalled)
  update users u set
      opted_out_at = case when n.opted_out_at > coalesce(u.opt_changed_at, '-infinity') then n.opted_out_at else u.opted_out_at end,
      opt_changed_at = greatest(u.opt_changed_at, n.opted_out_at),
      no_marketing_at = coalesce(u.no_marketing_at, n.no_marketing_at)
    from newest n where u.id = person.id and coalesce(n.opted_out_at, n.no_marketing_at) is not null;
end $$;

-- The person of a message: known by business-scoped id first, then by phone. A message that carries both joins the
-- record of the id with the record of a phone that never had an id. The person stays until the transaction ends: the purge
-- passes over whoever is being looked at.
create or replace function find_or_create_user(p_tenant uuid, p_phone text, p_wa_user_id text, p_name text)
returns uuid language plpgsql as $$
declare
  person users;
  other users;
  renamed users;
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
        select * into other from users where tenant_id = p_tenant and phone = p_phone and id <> person.id;
        if other.wa_user_id is not null then
          update users set phone = null where id = other.id;
        elsif other.id is not null then
          perform merge_people(person.id, other.id);
        end if;
      end if;
      update users set
          name = coalesce(p_name, name),
          wa_user_id = coalesce(wa_user_id, p_wa_user_id),
          phone = case when exists (select 1 from users o where o.tenant_id = p_tenant and o.phone = p_phone and o.id <> person.id)
                       then phone else coalesce(p_phone, phone) end
        where id = person.id
          and (name is distinct from coalesce(p_name, name) or wa_user_id is distinct from coalesce(wa_user_id, p_wa_user_id)
               or phone is distinct from coalesce(p_phone, phone))
        returning * into renamed;
      if renamed.wa_user_id is distinct from person.wa_user_id or renamed.phone is distinct from person.phone then
        perform recall_choices(renamed);
      end if;
      perform from users where id = person.id for key share;
      if found then return person.id; end if;
    else
      insert into users (tenant_id, phone, wa_user_id, name) values (p_tenant, p_phone, p_wa_user_id, p_name)
        on conflict do nothing returning * into person;
      if person.id is not null then
        perform recall_choices(person);
        return person.id;
      end if;
    end if;
    -- Somebody else inserted, joined or purged the same person at this moment: look again.
  end loop;
end $$;

-- Which messages were here before they were deleted: a delivery that was overheard and is sent again after the purge is not new.
-- An id holds a phone number, its hash does not: the rest of an id is random.
create table purged_messages (
  tenant_id uuid not null,
  id_hash bytea not null,
  day date not null default (clock_timestamp() at time zone 'UTC')::date,
  primary key (tenant_id, id_hash)
);
create index purged_messages_day on purged_messages (day);

create function message_id_hash(p_wa_message_id text) returns bytea language sql stable as $$
  select substring(sha256(convert_to(p_wa_message_id, 'UTF8')) for 16)
$$;

-- True when a message of this id was here and is deleted, for two years. To be asked where the message's own time is older than
-- what Meta delivers again: for a younger one the row itself is still there.
create function was_purged(p_tenant uuid, p_wa_message_id text) returns boolean language plpgsql stable as $$
begin
  return exists (select from purged_messages where tenant_id = p_tenant and id_hash = message_id_hash(p_wa_message_id));
end $$;

-- However a message goes. Only what comes from outside can come again.
create function remember_deleted() returns trigger language plpgsql as $$
begin
  insert into purged_messages (tenant_id, id_hash)
    select tenant_id, message_id_hash(wa_message_id) from gone
      where wa_message_id is not null and (direction = 'in' or author = 'agent')
    on conflict do nothing;
  return null;
end $$;
create trigger messages_remembered after delete on messages referencing old table as gone
  for each statement execute function remember_deleted();

-- Gives back to the bot what a person has and nobody has written in since the horizon: a button that was never pressed keeps
-- nobody's words for ever.
create function hand_back_quiet(p_horizon timestamptz, p_limit integer) returns void language plpgsql as $$
declare
  v_quiet uuid[] := array(
    select c.id from handoffs h join conversations c on c.id = h.conversation_id
      where h.handed_back_at is null and h.opened_at < p_horizon
        and coalesce(c.window_ends_at, c.created_at) < p_horizon and coalesce(c.bot_resumes_at < clock_timestamp(), true)
        and c.received_seq <= c.answered_seq
        and not exists (select from messages m where m.conversation_id = c.id and m.created_at >= p_horizon)
      order by h.opened_at limit p_limit for update of c skip locked);
begin
  update handoffs set handed_back_at = clock_timestamp() where conversation_id = any (v_quiet) and handed_back_at is null;
  update conversations set bot_resumes_at = null, status = case status when 'human' then 'bot' else status end where id = any (v_quiet);
end $$;

-- What was said and done before the horizon. A conversation that is open or with a person keeps everything; a dead turn stays with
-- what belongs to it until somebody replays or drops it.
drop function purge_conversations(integer, integer);
create function purge_conversations(p_horizon timestamptz, p_limit integer, out messages integer, out turns integer, out handoffs integer)
language plpgsql as $$
begin
  delete from messages where id = any (array(
    select m.id from messages m join conversations c on c.id = m.conversation_id
      where m.created_at < p_horizon and c.status <> 'human' and c.received_seq <= c.answered_seq
        and not exists (select from turns t where t.id = m.turn_id and t.state in ('dead', 'drafted'))
      order by m.created_at limit p_limit for update of m, c skip locked));
  get diagnostics messages = row_count;

  delete from turns where id = any (array(
    select t.id from turns t join conversations c on c.id = t.conversation_id
      where t.started_at < p_horizon and c.status <> 'human' and c.received_seq <= c.answered_seq
        and t.state not in ('dead', 'drafted')
        and not exists (select from messages m where m.turn_id = t.id)
      order by t.started_at limit p_limit for update of t, c skip locked));
  get diagnostics turns = row_count;

  -- A summary is as old as the words it is of, whenever it was given back.
  delete from handoffs where id = any (array(
    select h.id from handoffs h join conversations c on c.id = h.conversation_id
      where h.opened_at < p_horizon and h.handed_back_at is not null and c.status <> 'human'
      order by h.opened_at limit p_limit for update of h, c skip locked));
  get diagnostics handoffs = row_count;
end $$;

-- People of whom nothing is left and from whom nothing came since the horizon. Everybody has a conversation, and whoever stores a
-- message holds its row: it is locked first, and then looked at again, because the first look may be older than the lock.
create function purge_people(p_horizon timestamptz, p_limit integer) returns integer language plpgsql as $$
declare
  v_people uuid[];
begin
  v_people := array(
    select u.id from conversations c join users u on u.id = c.user_id
      where coalesce(c.window_ends_at, c.created_at) < p_horizon
        and greatest(u.created_at, u.opt_changed_at, u.no_marketing_at) < p_horizon
        and c.status <> 'human' and c.received_seq <= c.answered_seq and coalesce(c.lease_expires_at < clock_timestamp(), true)
        and (select true from messages where conversation_id = c.id limit 1) is null
        and (select true from turns where conversation_id = c.id limit 1) is null
        and (select true from handoffs where conversation_id = c.id limit 1) is null
      order by coalesce(c.window_ends_at, c.created_at) limit p_limit for update of c, u skip locked);
  return forget_people(array(
    select user_id from conversations c
      where user_id = any (v_people)
        and (select true from messages where conversation_id = c.id limit 1) is null
        and (select true from turns where conversation_id = c.id limit 1) is null
        and (select true from handoffs where conversation_id = c.id limit 1) is null));
end $$;

-- Deletes at most p_limit rows of each table that are older than p_days, and says how many. Waits for nobody: what
-- somebody holds is left to the next call. Whatever p_days says, a message is known for eight days: Meta may deliver it
-- again for seven.
create or replace function purge_batch(p_days integer, p_limit integer) returns jsonb language plpgsql as $$
declare
  sure_of_meta constant interval := interval '8 days';
  horizon timestamptz := clock_timestamp() - greatest(make_interval(days => p_days), sure_of_meta);
  said record;
  v_people integer := 0; v_statuses integer; v_events integer; v_counters integer; v_purged integer;
begin
  perform hand_back_quiet(horizon, p_limit);
  select * into said from purge_conversations(horizon, p_limit);
  -- Last of all, not to look again and again at people of whom much is left.
  if greatest(said.messages, said.turns, said.handoffs) < p_limit then v_people := purge_people(horizon, p_limit); end if;

  delete from early_statuses where ctid = any (array(
    select ctid from early_statuses where received_at < clock_timestamp() - sure_of_meta limit p_limit for update skip locked));
  get diagnostics v_statuses = row_count;
  delete from platform_events where id = any (array(
    select id from platform_events where received_at < horizon order by received_at limit p_limit for update skip locked));
  get diagnostics v_events = row_count;
  delete from purged_messages where ctid = any (array(
    select ctid from purged_messages where day < current_date - 730 limit p_limit for update skip locked));
  get diagnostics v_purged = row_count;
  -- A handful a day, and nobody's words.
  delete from usage where day < current_date - 730;
  delete from daily_notices where day < current_date - 30;
  delete from counters where day < current_date - 730;
  get diagnostics v_counters = row_count;

  return jsonb_build_object('messages', said.messages, 'turns', said.turns, 'handoffs', said.handoffs, 'people', v_people,
    'earlyStatuses', v_statuses, 'platformEvents', v_events, 'purgedMessages', v_purged, 'counters', v_counters);
end $$;

-- Who waits, number by number, longest first. By an expression, so that no planner takes `conversations_open` for it and reads
-- past all that wait at another number.
create index conversations_waiting on conversations (tenant_id, (coalesce(open_since, 'infinity'))) where received_seq > answered_seq;

-- Conversations that wait for an answer and that nobody holds: each tenant's longest waiting first, the tenants by
-- turns. A conversation that just got news is left alone for a while: whoever stored it is about to claim it. A webhook, which
-- asks for a few, looks at no more than the hundred that have waited longest at each number: what stands before the others is held
-- or waits for its next try, for minutes. The cron, which asks for many, looks on until it has them, so that none is left out.
create or replace function open_conversations(p_limit integer) returns setof uuid language plpgsql stable as $$
begin
  return query
    with recursive waiting as (
      select (select tenant_id from conversations where received_seq > answered_seq order by tenant_id limit 1) as tenant
      union all
      select (select c.tenant_id from conversations c
                where c.received_seq > c.answered_seq and c.tenant_id > w.tenant order by c.tenant_id limit 1)
        from waiting w where w.tenant is not null)
    select free.id from waiting w
      cross join lateral (
        select oldest.id, oldest.since, row_number() over (order by oldest.since) as place
          from (
            select c.id, coalesce(c.open_since, 'infinity') as since, c.lease_expires_at, c.retry_at from conversations c
              where c.tenant_id = w.tenant and c.received_seq > c.answered_seq
              order by since limit case when p_limit < 10 then 100 end) oldest
          where case when oldest.lease_expires_at is not null then oldest.lease_expires_at
                     else coalesce(oldest.retry_at, oldest.since + interval '5 seconds') end <= clock_timestamp()
          order by oldest.since limit p_limit) free
      order by free.place, free.since limit p_limit;
end $$;

-- What is asked is always alike, and a plan made for today's few that wait reads all of tomorrow's many.
alter function open_conversations(integer) set plan_cache_mode = force_generic_plan;
