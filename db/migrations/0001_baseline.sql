-- Tables, indexes, constraints and data, for PostgreSQL 14 or newer, Neon and PGlite. Functions and triggers are in `db/functions/`, one
-- file each. Only the two that compute a generated column are here: PostgreSQL needs them to create the column, and does not compute it
-- again when they change. A change of either is a migration that also rewrites the column.

create table tenants (
  id uuid primary key default gen_random_uuid(),
  phone_number_id text not null unique,
  -- CompanyProfile; a placeholder until the company's own is loaded (npm run company).
  profile jsonb not null default '{"name": "our company", "about": "a business that answers its customers here",
    "tone": "friendly, clear and brief", "hours": "not published", "timeZone": "UTC", "language": "en", "contact": ""}',
  created_at timestamptz not null default now(),
  -- Messages a second that Meta lets this number send and receive; null until it is configured or Meta has rejected one.
  throughput integer check (throughput > 0)
);

-- A customer is known by phone, by business-scoped user id, or by both; never by username. By neither when their number has moved to
-- another customer: their history stays.
create table customers (
  id uuid primary key default gen_random_uuid(),
  tenant_id uuid not null references tenants on delete cascade,
  phone text,
  wa_user_id text,
  name text,
  language text check (language in ('es', 'en', 'pt')),
  created_at timestamptz not null default now(),
  -- The customer opted out; their newest decision counts, in whatever order they arrive.
  opted_out_at timestamptz,
  opt_changed_at timestamptz,
  -- No marketing messages, by the customer's setting in WhatsApp.
  no_marketing_at timestamptz,
  -- Meta could not reach the customer; cleared when they write.
  unreachable_at timestamptz,
  unique (tenant_id, phone),
  unique (tenant_id, wa_user_id)
);

create table conversations (
  id uuid primary key default gen_random_uuid(),
  tenant_id uuid not null references tenants on delete cascade,
  customer_id uuid not null unique references customers on delete cascade,
  -- other_app: another app answers, under Meta's Conversation Routing.
  status text not null default 'bot' check (status in ('bot', 'human', 'other_app', 'closed')),
  -- Meta's 24-hour window for free-form messages.
  window_ends_at timestamptz,
  -- Something is unread while received_seq > answered_seq: two counters on one row, so that the statement that stores a message and the
  -- statement that ends a turn take the same row lock and no wake-up is lost.
  received_seq bigint not null default 0,
  answered_seq bigint not null default 0,
  unread_since timestamptz,
  -- The lease: one holder at a time, fenced by an epoch that only grows.
  epoch bigint not null default 0,
  lease_expires_at timestamptz,
  retry_at timestamptz,
  attempts integer not null default 0,
  previous_rung text,
  -- No further notice about the rate limit is sent before then.
  next_limit_notice_at timestamptz,
  created_at timestamptz not null default now(),
  -- An operator wrote in the WhatsApp Business app: the bot is paused until then.
  bot_resumes_at timestamptz,
  -- When the company's template was last sent because the window had closed.
  reengaged_at timestamptz,
  -- Meta's pair rate: when everything sent to this customer is worked off.
  pair_free_at timestamptz,
  -- The customer's use on that day (UTC), and how often in a row they sent the same text: on the row that is locked anyway.
  usage_day date,
  usage_turns integer not null default 0,
  usage_sound_s integer not null default 0,
  repeat_key text,
  repeat_count integer not null default 0
);
create index conversations_unread on conversations (unread_since) where received_seq > answered_seq;
-- Unread conversations number by number, longest waiting first. By an expression, so that no planner uses `conversations_unread` instead
-- and reads past everything that waits at another number.
create index conversations_waiting on conversations (tenant_id, (coalesce(unread_since, 'infinity'))) where received_seq > answered_seq;
-- How long a customer has been idle, for the purge.
create index conversations_idle on conversations ((coalesce(window_ends_at, created_at)));

-- No foreign key to tenants here and in messages: the conversation has one, and with their own every insert would lock the tenant's row.
create table turns (
  id uuid primary key,
  tenant_id uuid not null,
  conversation_id uuid not null references conversations on delete cascade,
  epoch bigint not null,
  through_seq bigint not null,
  -- running → drafted → answered; or overtaken, withheld, retry, abandoned (its process died), dead (then replayed or dropped)
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
-- Finds open turns without reading all turns of a conversation.
create index turns_open on turns (conversation_id) where state in ('running', 'drafted');
create index turns_dead on turns (ended_at desc) where state = 'dead';
create index turns_started on turns (started_at);

create table messages (
  id uuid primary key default gen_random_uuid(),
  tenant_id uuid not null,
  conversation_id uuid not null references conversations on delete cascade,
  direction text not null check (direction in ('in', 'out')),
  author text not null default 'customer' check (author in ('customer', 'bot', 'operator', 'system')),
  wa_message_id text,
  -- Inbound: the message's number among those that need an answer; null for the others.
  seq bigint,
  -- in: received, rate_limited, dead, dropped (a dead letter was dropped), group (sent in a group: kept, not answered), opted_out (the
  -- customer wants no reply), standby (another app answers), revoked.
  -- out: draft, ambiguous, withheld, sent, delivered, read, played, failed.
  state text not null,
  type text not null,
  text text,
  content jsonb,
  quote_wa_message_id text,
  -- Inbound: the turn that answers it. Outbound: the turn that wrote it.
  turn_id uuid references turns on delete set null,
  sends integer not null default 0,
  -- How many of these are known to have had no answer, and are counted as ambiguous.
  ambiguous_sends integer not null default 0,
  -- How a send is known to have arrived: by Meta's answer or, when that was lost, by a status report.
  confirmed_by text check (confirmed_by in ('answer', 'status_report')),
  meta_codes jsonb not null default '[]',
  pricing jsonb,
  -- Meta's time for inbound, ours for outbound: the order of the conversation.
  sent_at timestamptz not null,
  created_at timestamptz not null default clock_timestamp(),
  updated_at timestamptz not null default clock_timestamp(),
  about jsonb,
  -- The text taken from its file.
  reading text,
  -- Set when this message opted the customer out or in.
  opt text check (opt in ('stop', 'start')),
  -- Meta does not promise that two numbers never see the same id.
  unique (tenant_id, wa_message_id)
);
create index messages_history on messages (conversation_id, sent_at desc);
create index messages_pending on messages (conversation_id, seq) where seq is not null;
create index messages_turn on messages (turn_id) where turn_id is not null;
create index messages_created on messages (created_at);

create table tool_calls (
  id bigint generated always as identity primary key,
  turn_id uuid not null references turns on delete cascade,
  -- The same however often a turn is repeated or resumed.
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
  -- When operators were notified.
  notified_at timestamptz,
  handed_back_at timestamptz
);
create unique index handoffs_open on handoffs (conversation_id) where handed_back_at is null;
create index handoffs_closed on handoffs (opened_at) where handed_back_at is not null;
-- Without these, deleting a conversation or a turn would read the whole table.
create index handoffs_conversation on handoffs (conversation_id);
create index handoffs_turn on handoffs (turn_id) where turn_id is not null;

-- Status reports that came before our own record of their message.
create table early_statuses (
  wa_message_id text not null,
  state text not null,
  meta_codes jsonb not null default '[]',
  pricing jsonb,
  received_at timestamptz not null default clock_timestamp(),
  -- The effect of a failure (FailureEffect).
  effect text,
  tenant_id uuid not null references tenants on delete cascade,
  primary key (tenant_id, wa_message_id)
);
create index early_statuses_received on early_statuses (received_at);

-- Daily counters of anomalies (UTC). In shares, one for each statement: several calls may share a statement, and two statements that
-- raised counters in a different order could wait for each other. Only rare events are counted here.
create table counters (
  tenant_id uuid not null references tenants on delete cascade,
  day date not null default (clock_timestamp() at time zone 'UTC')::date,
  name text not null,
  value bigint not null,
  share integer not null default 0,
  primary key (tenant_id, day, name, share)
);

-- Events of the account, its numbers and templates.
create table account_events (
  id bigint generated always as identity primary key,
  tenant_id uuid references tenants on delete cascade,
  account_id text,
  field text not null,
  event text not null,
  severity text not null check (severity in ('info', 'warning', 'critical')),
  detail jsonb,
  happened_at timestamptz not null,
  received_at timestamptz not null default clock_timestamp(),
  -- Keeps a redelivered event once; once a day when Meta gave no time.
  fingerprint text not null unique
);
create index account_events_received on account_events (received_at);

-- Reserved throughput of each number, in shares so that conversations do not queue for one row; only where the throughput is known.
create table throughput_shares (
  tenant_id uuid not null references tenants on delete cascade,
  share integer not null,
  -- When everything sent and received in this share is worked off.
  free_at timestamptz not null,
  primary key (tenant_id, share)
);

-- Customers' files, archived outside the database for as long as the company wants. Recorded before the upload, so that the purge deletes
-- the file whatever happens in between. No foreign key: the row must outlive its company until the file is deleted.
create table media_files (
  -- Unguessable, without phone numbers or names.
  path text primary key,
  tenant_id uuid not null,
  -- Meta's id of the file: `id` in the message's content.
  media_id text not null,
  mime_type text not null,
  -- Null until the upload is confirmed.
  bytes integer,
  stored_at timestamptz not null default now(),
  expires_at timestamptz not null,
  unique (tenant_id, media_id)
);
create index media_files_expires on media_files (expires_at);

-- Use of a number by day (UTC), in shares so that conversations do not queue for one row.
create table usage (
  tenant_id uuid not null references tenants on delete cascade,
  day date not null,
  share integer not null,
  turns integer not null default 0,
  sound_s integer not null default 0,
  -- Model cost, estimated where a price is unknown.
  usd numeric(14, 8) not null default 0,
  primary key (tenant_id, day, share)
);

-- Alerts that operators have received on a day, so that each is sent once.
create table daily_alerts (
  tenant_id uuid not null references tenants on delete cascade,
  day date not null,
  -- The customer or the number that it is about.
  subject uuid not null,
  name text not null,
  primary key (tenant_id, day, subject, name)
);

-- Changes of a customer's phone or user id that came while a reply to them was being sent, applied afterwards.
create table deferred_identity_changes (
  id bigint generated always as identity primary key,
  tenant_id uuid not null references tenants on delete cascade,
  change jsonb not null,
  received_at timestamptz not null default clock_timestamp()
);

-- A random key of this database. Hashes in an exported or copied table are safe without it: nobody can try all phone numbers. A copy of
-- the whole database holds the key as well.
create table hash_key (
  only_one boolean primary key default true check (only_one),
  key bytea not null
);
insert into hash_key (key)
  select uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid());

-- The consent of deleted customers: who opted out gets no messages after coming back.
create table consents (
  tenant_id uuid not null references tenants on delete cascade,
  -- Of the phone or of the user id: one row for each.
  hash bytea not null,
  -- Of the user id, if there was one: the same phone with another user id belongs to another customer.
  wa_user_hash bytea,
  opted_out_at timestamptz,
  no_marketing_at timestamptz,
  primary key (tenant_id, hash)
);

-- Ids of deleted messages: a recorded delivery that is sent again after the purge is not new. Hashed, because an id holds a phone number;
-- the rest of it is random.
create table purged_messages (
  tenant_id uuid not null,
  id_hash bytea not null,
  day date not null default (clock_timestamp() at time zone 'UTC')::date,
  primary key (tenant_id, id_hash)
);
create index purged_messages_day on purged_messages (day);

-- The company's knowledge base: passages in one language each, found by full-text search.

-- Folds text to lower case without accents, so that "envio" finds "envío"; the endings -ción and -ção keep theirs, because the stemmers
-- need them to see that "devoluciones" and "devolución" are one word.
create function knowledge_plain(p_text text) returns text language sql immutable strict parallel safe as $$
  select regexp_replace(regexp_replace(regexp_replace(
      lower(regexp_replace(normalize(p_text, nfd), '[\u0300-\u036f]', '', 'g')),
    '(\w)cion\M', '\1ción', 'g'), '(\w)cao\M', '\1ção', 'g'), '(\w)coes\M', '\1ções', 'g')
$$;

-- Returns the text search configuration of a language.
create function knowledge_config(p_language text) returns regconfig language sql immutable strict parallel safe as $$
  select case p_language when 'es' then 'pg_catalog.spanish'::regconfig
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
  -- A search ranks all passages of one tenant, some hundreds at most, found by this index. A GIN index over the words of all tenants was
  -- tried with 4,800 passages and never used.
  unique (tenant_id, slug, language)
);
