-- Who talks to whom, and everything that was said. PostgreSQL 14 or newer, Neon, PGlite.

create table tenants (
  id uuid primary key default gen_random_uuid(),
  phone_number_id text not null unique,
  -- CompanyProfile of lib/ports.ts; these words serve until the company has put in its own (npm run company).
  profile jsonb not null default '{"name": "our company", "about": "a business that answers its customers here",
    "tone": "friendly, clear and brief", "hours": "not published", "timeZone": "UTC", "language": "en", "contact": ""}',
  created_at timestamptz not null default now()
);

-- A person is known by phone, by business-scoped user id, or by both; never by username.
create table users (
  id uuid primary key default gen_random_uuid(),
  tenant_id uuid not null references tenants on delete cascade,
  phone text,
  wa_user_id text,
  name text,
  language text check (language in ('es', 'en', 'pt')),
  created_at timestamptz not null default now(),
  check (phone is not null or wa_user_id is not null),
  unique (tenant_id, phone),
  unique (tenant_id, wa_user_id)
);

create table conversations (
  id uuid primary key default gen_random_uuid(),
  tenant_id uuid not null references tenants on delete cascade,
  user_id uuid not null unique references users on delete cascade,
  status text not null default 'bot' check (status in ('bot', 'human', 'closed')),
  -- Meta's 24-hour window for free-form messages.
  window_ends_at timestamptz,
  -- News is received_seq > answered_seq: two counters on one row, so that whoever stores a message and whoever
  -- ends a turn meet on the same row lock and no wake-up is lost.
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
  created_at timestamptz not null default now()
);
create index conversations_open on conversations (open_since) where received_seq > answered_seq;

create table turns (
  id uuid primary key,
  tenant_id uuid not null references tenants on delete cascade,
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

create table messages (
  id uuid primary key default gen_random_uuid(),
  tenant_id uuid not null references tenants on delete cascade,
  conversation_id uuid not null references conversations on delete cascade,
  direction text not null check (direction in ('in', 'out')),
  author text not null default 'customer' check (author in ('customer', 'bot', 'agent', 'system')),
  wa_message_id text unique,
  -- Inbound: the message's number among those that ask for an answer; null for those that do not.
  seq bigint,
  -- in: received, rate_limited, dead, dropped (a dead one given up), group (said in a group: kept, not answered). out: draft, ambiguous, withheld, sent, delivered, read, played, failed.
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
  updated_at timestamptz not null default clock_timestamp()
);
create index messages_history on messages (conversation_id, sent_at desc);
create index messages_pending on messages (conversation_id, seq) where seq is not null;
create index messages_turn on messages (turn_id) where turn_id is not null;

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

-- Status reports that came before our own record of the message they speak of.
create table early_statuses (
  wa_message_id text primary key,
  state text not null,
  error_codes jsonb not null default '[]',
  pricing jsonb,
  received_at timestamptz not null default clock_timestamp()
);

-- What went other than usual, by day in UTC (see docs/operating.md). Only rare events write here: one row for all of a
-- company's conversations would be a queue for anything that each message does.
create table counters (
  tenant_id uuid not null references tenants on delete cascade,
  day date not null default (clock_timestamp() at time zone 'UTC')::date,
  name text not null,
  value bigint not null,
  primary key (tenant_id, day, name)
);

-- One more for each name given. Called last in a transaction and in the order of names, so that nobody who holds a
-- counter waits for anything else.
create function raise_counters(p_tenant uuid, p_names text[]) returns void language plpgsql as $$
begin
  if p_names <> '{}' then
    insert into counters as c (tenant_id, name, value)
      select p_tenant, name, count(*) from unnest(p_names) name group by name order by name
      on conflict (tenant_id, day, name) do update set value = c.value + excluded.value;
  end if;
end $$;

-- How far a message got: states only move to a higher rank; a failure counts only before delivery, and is final.
create function delivery_rank(state text) returns integer language sql immutable as $$
  select case state
    when 'sent' then 1 when 'delivered' then 2 when 'read' then 3 when 'played' then 4 when 'failed' then 5
    else 0 end
$$;

create function moves_forward(old_state text, new_state text) returns boolean language sql immutable as $$
  select case new_state
    when 'failed' then delivery_rank(old_state) <= 1
    else delivery_rank(new_state) > delivery_rank(old_state) end
$$;
