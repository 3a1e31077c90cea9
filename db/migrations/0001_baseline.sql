-- Tables, indexes, constraints and data as they were when the first fifteen migrations were joined. PostgreSQL 14 or newer, Neon,
-- PGlite. Functions and triggers are in `db/functions/`, one file each; only the two that a generated column is computed with stand
-- here: PostgreSQL needs them to make that column, and does not compute it again when they change. A change of either is a migration
-- that also rewrites the column.

create table tenants (
  id uuid primary key default gen_random_uuid(),
  phone_number_id text not null unique,
  -- CompanyProfile of lib/types/company.ts; these words serve until the company has put in its own (npm run company).
  profile jsonb not null default '{"name": "our company", "about": "a business that answers its customers here",
    "tone": "friendly, clear and brief", "hours": "not published", "timeZone": "UTC", "language": "en", "contact": ""}',
  created_at timestamptz not null default now(),
  -- Messages a second that Meta lets this number send and receive; null until it is set or Meta has refused one.
  throughput integer check (throughput > 0)
);

-- A person is known by phone, by business-scoped user id, or by both; never by username. By neither: a number that moved on leaves
-- the history of its earlier owner, and names nobody there.
create table users (
  id uuid primary key default gen_random_uuid(),
  tenant_id uuid not null references tenants on delete cascade,
  phone text,
  wa_user_id text,
  name text,
  language text check (language in ('es', 'en', 'pt')),
  created_at timestamptz not null default now(),
  -- The person asked for no more messages; their newest word counts, in whatever order the words come.
  opted_out_at timestamptz,
  opt_changed_at timestamptz,
  -- No marketing, by the person's own setting in WhatsApp.
  no_marketing_at timestamptz,
  -- Meta could not reach them; cleared when they write.
  unreachable_at timestamptz,
  unique (tenant_id, phone),
  unique (tenant_id, wa_user_id)
);

create table conversations (
  id uuid primary key default gen_random_uuid(),
  tenant_id uuid not null references tenants on delete cascade,
  user_id uuid not null unique references users on delete cascade,
  -- other_app: another app answers, under Meta's Conversation Routing.
  status text not null default 'bot' check (status in ('bot', 'human', 'other_app', 'closed')),
  -- Meta's 24-hour window for free-form messages.
  window_ends_at timestamptz,
  -- Something waits for an answer while received_seq > answered_seq: two counters on one row, so that the statement that stores a
  -- message and the statement that ends a turn meet on the same row lock and no wake-up is lost.
  received_seq bigint not null default 0,
  answered_seq bigint not null default 0,
  open_since timestamptz,
  -- The lease: one holder at a time, fenced by an epoch that only grows.
  epoch bigint not null default 0,
  lease_expires_at timestamptz,
  retry_at timestamptz,
  attempts integer not null default 0,
  previous_rung text,
  -- Until when the customer has been told of the rate limit.
  limit_told_until timestamptz,
  created_at timestamptz not null default now(),
  -- A person answered from the WhatsApp Business app: the bot is silent until then.
  bot_resumes_at timestamptz,
  -- When the company's template was last sent because the window had closed.
  reengaged_at timestamptz,
  -- Meta's pair rate: when all that was sent to this person is worked off (see hold_and_reserve).
  pair_free_at timestamptz,
  -- Use of that day (UTC) by this person, and how often in a row they sent the same words: on the row that is locked anyway.
  usage_day date,
  usage_turns integer not null default 0,
  usage_sound_s integer not null default 0,
  repeat_key text,
  repeat_count integer not null default 0
);
create index conversations_open on conversations (open_since) where received_seq > answered_seq;
-- Waiting conversations number by number, longest first. By an expression, so that no planner takes `conversations_open` for it and
-- reads past all that wait at another number.
create index conversations_waiting on conversations (tenant_id, (coalesce(open_since, 'infinity'))) where received_seq > answered_seq;
-- How long a person has been quiet, for the purge.
create index conversations_quiet on conversations ((coalesce(window_ends_at, created_at)));

-- No foreign key to tenants here and in messages: the conversation's row has one, and with one of their own all inserts of a company
-- would lock the one row of that company.
create table turns (
  id uuid primary key,
  tenant_id uuid not null,
  conversation_id uuid not null references conversations on delete cascade,
  epoch bigint not null,
  through_seq bigint not null,
  -- running → drafted → answered; or overtaken, withheld, retry, abandoned (its holder died), dead (then replayed, dropped)
  state text not null default 'running',
  intent text,
  confidence real,
  decided_by text,
  language text,
  intent_model text,
  reply_model text,
  input_tokens integer not null default 0,
  output_tokens integer not null default 0,
  cost_usd numeric(12, 8),
  stages_ms jsonb not null default '{}',
  rung text,
  errors jsonb not null default '[]',
  rounds integer not null default 1,
  trace_id text,
  started_at timestamptz not null default clock_timestamp(),
  ended_at timestamptz
);
create index turns_conversation on turns (conversation_id, started_at desc);
-- Found without a look at all that a conversation ever had.
create index turns_open on turns (conversation_id) where state in ('running', 'drafted');
create index turns_dead on turns (ended_at desc) where state = 'dead';
create index turns_started on turns (started_at);

create table messages (
  id uuid primary key default gen_random_uuid(),
  tenant_id uuid not null,
  conversation_id uuid not null references conversations on delete cascade,
  direction text not null check (direction in ('in', 'out')),
  author text not null default 'customer' check (author in ('customer', 'bot', 'agent', 'system')),
  wa_message_id text,
  -- Inbound: the message's number among those that ask for an answer; null for those that do not.
  seq bigint,
  -- in: received, rate_limited, dead, dropped (a dead one given up), group (said in a group: kept, not answered), opted_out (said by
  -- somebody who wants no answer), standby (another app answers), revoked.
  -- out: draft, ambiguous, withheld, sent, delivered, read, played, failed.
  state text not null,
  type text not null,
  text text,
  content jsonb,
  quote_wa_message_id text,
  -- Inbound: the turn that answers it. Outbound: the turn that wrote it.
  turn_id uuid references turns on delete set null,
  sends integer not null default 0,
  -- Of these, those that are known to have had no answer from Graph, and are counted.
  unanswered_sends integer not null default 0,
  -- How it is known that Graph took it: by its answer, or, when that was lost, by a status report (echo).
  confirmed_by text check (confirmed_by in ('answer', 'echo')),
  error_codes jsonb not null default '[]',
  pricing jsonb,
  -- Meta's time for inbound, ours for outbound: the order of the conversation.
  sent_at timestamptz not null,
  created_at timestamptz not null default clock_timestamp(),
  updated_at timestamptz not null default clock_timestamp(),
  about jsonb,
  -- What was heard or read in its medium.
  reading text,
  -- This very message changed whether the person is written to.
  opt text check (opt in ('stop', 'start')),
  -- Ids are Meta's to choose, and nothing says that two numbers never see the same one.
  unique (tenant_id, wa_message_id)
);
create index messages_history on messages (conversation_id, sent_at desc);
create index messages_pending on messages (conversation_id, seq) where seq is not null;
create index messages_turn on messages (turn_id) where turn_id is not null;
create index messages_created on messages (created_at);

create table tool_calls (
  id bigint generated always as identity primary key,
  turn_id uuid not null references turns on delete cascade,
  -- The same however often a turn goes round or is taken up again.
  idempotency_key text not null,
  name text not null,
  input jsonb,
  output jsonb,
  ms integer not null,
  failed boolean not null default false,
  created_at timestamptz not null default clock_timestamp()
);
create unique index tool_calls_turn on tool_calls (turn_id, idempotency_key);

create table handoffs (
  id uuid primary key default gen_random_uuid(),
  tenant_id uuid not null references tenants on delete cascade,
  conversation_id uuid not null references conversations on delete cascade,
  turn_id uuid references turns on delete set null,
  reason text not null,
  summary text not null,
  opened_at timestamptz not null default clock_timestamp(),
  -- When the company's people were told.
  notified_at timestamptz,
  handed_back_at timestamptz
);
create unique index handoffs_open on handoffs (conversation_id) where handed_back_at is null;
create index handoffs_settled on handoffs (opened_at) where handed_back_at is not null;
-- So that no deleted conversation or turn makes PostgreSQL read the whole table.
create index handoffs_conversation on handoffs (conversation_id);
create index handoffs_turn on handoffs (turn_id) where turn_id is not null;

-- Status reports that came before our own record of the message they speak of.
create table early_statuses (
  wa_message_id text not null,
  state text not null,
  error_codes jsonb not null default '[]',
  pricing jsonb,
  received_at timestamptz not null default clock_timestamp(),
  -- What the failure changes (FailureEffect of lib/types/inbox-store.ts).
  effect text,
  tenant_id uuid not null references tenants on delete cascade,
  primary key (tenant_id, wa_message_id)
);
create index early_statuses_received on early_statuses (received_at);

-- Anomalies by day in UTC (see docs/operating.md), in shares, one for all of a statement: several calls may have joined in it, and
-- two statements that raised two counters in another order could wait for each other. Only rare events write here.
create table counters (
  tenant_id uuid not null references tenants on delete cascade,
  day date not null default (clock_timestamp() at time zone 'UTC')::date,
  name text not null,
  value bigint not null,
  share integer not null default 0,
  primary key (tenant_id, day, name, share)
);

-- Events of the account, its numbers and templates.
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
  -- Meta delivers again: the same event is kept once, and once a day where Meta gave no time.
  fingerprint text not null unique
);
create index platform_events_received on platform_events (received_at);

-- How fast each number sends, in shares so that conversations do not queue for one row; only where the throughput is known.
create table number_pace (
  tenant_id uuid not null references tenants on delete cascade,
  share integer not null,
  -- When all that was sent and received by this share is worked off.
  free_at timestamptz not null,
  primary key (tenant_id, share)
);

-- Files that customers sent, kept outside of the database as long as the company wants. Recorded before its file is put, so that
-- whatever happens in between the purge deletes it. No foreign key: the row of a company that is gone has to last until its file is
-- gone too.
create table media_files (
  -- Unguessable, without anybody's number or name.
  path text primary key,
  tenant_id uuid not null,
  -- As Meta names it: `id` in the content of the message that it came with.
  media_id text not null,
  mime_type text not null,
  -- Null until the file is known to be there.
  bytes integer,
  stored_at timestamptz not null default now(),
  expires_at timestamptz not null,
  unique (tenant_id, media_id)
);
create index media_files_expires on media_files (expires_at);

-- Use of a number, by day (UTC) and in shares, so that conversations do not queue for one row.
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

-- Notices that the company's people got on a day, so that each is sent once.
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

-- Random, one for this database. What is hashed with it is safe in a table that was exported or copied alone: without the key
-- nobody can try all phone numbers. A copy of the whole database holds the key as well.
create table hash_key (
  only_one boolean primary key default true check (only_one),
  key bytea not null
);
insert into hash_key (key)
  select uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid());

-- The choices of people who are forgotten: one who asked for no more messages gets none after coming back.
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

-- Which messages were here before they were deleted: a delivery that was overheard and is sent again after the purge is not new.
-- An id holds a phone number, its hash does not: the rest of an id is random.
create table purged_messages (
  tenant_id uuid not null,
  id_hash bytea not null,
  day date not null default (clock_timestamp() at time zone 'UTC')::date,
  primary key (tenant_id, id_hash)
);
create index purged_messages_day on purged_messages (day);

-- What the company tells its customers: passages in one language each, found by full-text search.

-- Lower case without accents, so that "envio" finds "envío"; the endings -ción and -ção get theirs back, because the
-- stemmers know "devoluciones" and "devolución" as one word only with them.
create function knowledge_plain(input text) returns text language sql immutable strict parallel safe as $$
  select regexp_replace(regexp_replace(regexp_replace(
      lower(regexp_replace(normalize(input, nfd), '[\u0300-\u036f]', '', 'g')),
    '(\w)cion\M', '\1ción', 'g'), '(\w)cao\M', '\1ção', 'g'), '(\w)coes\M', '\1ções', 'g')
$$;

create function knowledge_config(language text) returns regconfig language sql immutable strict parallel safe as $$
  select case language when 'es' then 'pg_catalog.spanish'::regconfig
                       when 'pt' then 'pg_catalog.portuguese'::regconfig
                       else 'pg_catalog.english'::regconfig end
$$;

create table knowledge (
  id uuid primary key default gen_random_uuid(),
  tenant_id uuid not null references tenants on delete cascade,
  slug text not null,
  language text not null check (language in ('es', 'en', 'pt')),
  title text not null,
  body text not null,
  -- Other words that customers use for this; searched, never shown.
  keywords text not null default '',
  search tsvector not null generated always as (
    setweight(to_tsvector(knowledge_config(language), knowledge_plain(title)), 'A')
    || setweight(to_tsvector(knowledge_config(language), knowledge_plain(keywords)), 'B')
    || setweight(to_tsvector(knowledge_config(language), knowledge_plain(body)), 'D')
  ) stored,
  -- Also how a search finds its passages: all of one tenant, some hundreds at most, are ranked. A GIN index over all
  -- tenants' words was tried with 4,800 passages and never chosen.
  unique (tenant_id, slug, language)
);
