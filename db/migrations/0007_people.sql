-- One person stays one person, however Meta names them today; and what they want to hear from the company.

alter table users
  -- A number that moved on leaves the history of whoever had it before, and names nobody there.
  drop constraint users_check,
  -- The person asked for no more messages; their newest word counts, in whatever order the words come.
  add column opted_out_at timestamptz,
  add column opt_changed_at timestamptz,
  -- No marketing, by the person's own setting in WhatsApp.
  add column no_marketing_at timestamptz,
  -- Meta could not reach them; cleared when they write.
  add column unreachable_at timestamptz;

alter table conversations
  drop constraint conversations_status_check,
  -- other_app: another app answers, under Meta's Conversation Routing.
  add constraint conversations_status_check check (status in ('bot', 'human', 'other_app', 'closed')),
  -- A person answered from the WhatsApp Business app: the bot is silent until then.
  add column bot_resumes_at timestamptz,
  -- When the company's template was last sent because the window had closed.
  add column reengaged_at timestamptz,
  -- Meta's pair rate: when all that was sent to this person is worked off (see hold_and_reserve).
  add column pair_free_at timestamptz;

-- Messages a second that Meta lets this number send and receive; null until it is set or Meta has refused one.
alter table tenants add column throughput integer check (throughput > 0);

alter table messages
  -- in: also opted_out (said by somebody who wants no answer), standby (another app answers), revoked.
  add column about jsonb,
  -- What was heard or read in its medium.
  add column reading text,
  -- This very message changed whether the person is written to.
  add column opt text check (opt in ('stop', 'start'));

-- What a failure changes, kept with a report that came before our own record of the message.
alter table early_statuses add column effect text, add column tenant_id uuid references tenants on delete cascade;

-- News about the account, its numbers and templates.
create table platform_events (
  id bigint generated always as identity primary key,
  tenant_id uuid references tenants on delete cascade,
  account_id text,
  field text not null,
  event text not null,
  severity text not null check (severity in ('info', 'warning', 'critical')),
  detail jsonb,
  happened_at timestamptz not null,
  received_at timestamptz not null default clock_timestamp(),
  -- Meta delivers again: the same news is kept once, and once a day where Meta gave no time.
  fingerprint text not null unique
);
create index platform_events_received on platform_events (received_at);

create function person_json(u users) returns jsonb language sql stable as $$
  select jsonb_build_object('id', u.id, 'phone', u.phone, 'waUserId', u.wa_user_id, 'name', u.name, 'language', u.language,
                            'optedOut', u.opted_out_at is not null)
$$;

-- Until when Meta takes free-form messages to this person; null when only templates.
create function window_json(c conversations) returns jsonb language sql volatile as $$
  select case when c.window_ends_at > clock_timestamp()
    then jsonb_build_object('endsAtMs', floor(extract(epoch from c.window_ends_at) * 1000)) end
$$;

-- Two records of one person become one: everything that was said, and what waits for an answer. False, and nothing is
-- done, while a reply to either is on its way: the next message tries again.
create function merge_people(p_keep uuid, p_gone uuid) returns boolean language plpgsql as $$
declare
  kept conversations;
  gone conversations;
  waiting integer;
begin
  perform 1 from conversations where user_id in (p_keep, p_gone) order by id for update;
  select * into kept from conversations where user_id = p_keep;
  select * into gone from conversations where user_id = p_gone;
  if greatest(kept.lease_expires_at, gone.lease_expires_at) > clock_timestamp()
     or exists (select from turns where conversation_id in (kept.id, gone.id) and state = 'drafted') then
    return false;
  end if;
  if kept.id is null then
    update conversations set user_id = p_keep where id = gone.id;
  elsif gone.id is not null then
    update messages set seq = null where conversation_id = gone.id and seq <= gone.answered_seq;
    update messages m set seq = kept.received_seq + n.place
      from (select id, row_number() over (order by seq) as place from messages where conversation_id = gone.id and seq is not null) n
      where m.id = n.id;
    get diagnostics waiting = row_count;
    update messages set conversation_id = kept.id where conversation_id = gone.id;
    update turns set conversation_id = kept.id where conversation_id = gone.id;
    update handoffs set handed_back_at = clock_timestamp() where conversation_id = gone.id and handed_back_at is null
      and exists (select from handoffs where conversation_id = kept.id and handed_back_at is null);
    update handoffs set conversation_id = kept.id where conversation_id = gone.id;
    update conversations set
        received_seq = kept.received_seq + waiting,
        open_since = case when waiting > 0 then least(kept.open_since, gone.open_since) else kept.open_since end,
        status = case when gone.status = 'human' then 'human' else kept.status end,
        window_ends_at = greatest(kept.window_ends_at, gone.window_ends_at),
        limit_told_until = greatest(kept.limit_told_until, gone.limit_told_until),
        bot_resumes_at = greatest(kept.bot_resumes_at, gone.bot_resumes_at),
        pair_free_at = greatest(kept.pair_free_at, gone.pair_free_at)
      where id = kept.id;
  end if;
  update users k set
      name = coalesce(k.name, g.name), language = coalesce(k.language, g.language), created_at = least(k.created_at, g.created_at),
      opted_out_at = case when g.opt_changed_at > coalesce(k.opt_changed_at, '-infinity') then g.opted_out_at else k.opted_out_at end,
      opt_changed_at = greatest(k.opt_changed_at, g.opt_changed_at),
      no_marketing_at = coalesce(k.no_marketing_at, g.no_marketing_at)
    from users g where k.id = p_keep and g.id = p_gone;
  delete from users where id = p_gone;
  return true;
end $$;

-- The person of a message: known by business-scoped id first, then by phone. A message that carries both joins the
-- record of the id with the record of a phone that never had an id.
create or replace function find_or_create_user(p_tenant uuid, p_phone text, p_wa_user_id text, p_name text)
returns uuid language plpgsql as $$
declare
  person users;
  other users;
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
               or phone is distinct from coalesce(p_phone, phone));
      return person.id;
    end if;
    insert into users (tenant_id, phone, wa_user_id, name) values (p_tenant, p_phone, p_wa_user_id, p_name)
      on conflict do nothing returning * into person;
    if person.id is not null then return person.id; end if;
    -- Somebody else inserted the same person at this moment: look again.
  end loop;
end $$;

-- Meta says that one person goes by another phone or user id from now on.
create function change_identity(p_tenant uuid, change jsonb) returns void language plpgsql as $$
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
  if person.id is null then return; end if;
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
    if not merge_people(other.id, person.id) then
      raise exception 'a reply to this person is on its way' using errcode = 'serialization_failure';
    end if;
    return;
  end if;
  -- With a new number comes a new user id: the old one will not be seen again.
  update users set
      phone = coalesce(new_phone, phone),
      wa_user_id = case when new_id is not null then new_id when new_phone <> phone then null else wa_user_id end
    where id = person.id;
end $$;

-- A person gives the conversation back: the pause after an answer from the phone is over as well.
create or replace function hand_back(p_conversation uuid) returns boolean language plpgsql as $$
begin
  perform 1 from conversations where id = p_conversation for update;
  update handoffs set handed_back_at = clock_timestamp() where conversation_id = p_conversation and handed_back_at is null;
  update conversations set status = 'bot', bot_resumes_at = null where id = p_conversation and status = 'human';
  return found;
end $$;

-- A person changed or took back what they wrote: the model, and whoever reads along, sees what they left standing.
create function change_message(p_conversation uuid, p_type text, p_content jsonb) returns void language sql as $$
  update messages set
      text = case p_type when 'edit' then coalesce(p_content -> 'message' -> 'text' ->> 'body',
        p_content -> 'message' -> 'image' ->> 'caption', p_content -> 'message' -> 'video' ->> 'caption', text) end,
      content = case p_type when 'edit' then content end,
      reading = case p_type when 'edit' then reading end,
      state = case when p_type = 'revoke' and state <> 'rate_limited' then 'revoked' else state end,
      updated_at = clock_timestamp()
    where wa_message_id = p_content ->> 'original_message_id' and conversation_id = p_conversation and direction = 'in'
$$;
