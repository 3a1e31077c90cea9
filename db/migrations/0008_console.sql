-- The console: operators, who may see which company, what they do, and what they write.

create table operators (
  id uuid primary key default gen_random_uuid(),
  -- Lower case: nobody has two accounts for one address.
  email text not null unique check (email = lower(email)),
  name text not null,
  -- PBKDF2-SHA256 with its salt and number of rounds; null until an invitation is accepted, or where a passkey will do.
  password text,
  language text check (language in ('es', 'en', 'pt')),
  created_at timestamptz not null default clock_timestamp()
);

create table memberships (
  tenant_id uuid not null references tenants (id) on delete cascade,
  operator_id uuid not null references operators (id) on delete cascade,
  role text not null check (role in ('owner', 'agent', 'viewer')),
  created_at timestamptz not null default clock_timestamp(),
  primary key (tenant_id, operator_id)
);
create index memberships_operator on memberships (operator_id);

create table invitations (
  id uuid primary key default gen_random_uuid(),
  -- SHA-256 of the link's token, which only the invited person has.
  token_hash bytea not null unique,
  tenant_id uuid not null references tenants (id) on delete cascade,
  email text not null check (email = lower(email)),
  role text not null check (role in ('owner', 'agent', 'viewer')),
  -- Signs the invited operator in without a password: the link of `npm run dev`.
  signs_in boolean not null default false,
  -- For an operator who forgot the password: accepting it sets a new one.
  resets_password boolean not null default false,
  invited_by uuid references operators (id) on delete set null,
  created_at timestamptz not null default clock_timestamp(),
  expires_at timestamptz not null,
  used_at timestamptz
);
create index invitations_tenant on invitations (tenant_id, created_at);

create table sessions (
  id uuid primary key default gen_random_uuid(),
  -- SHA-256 of the cookie's 256 random bits.
  token_hash bytea not null unique,
  operator_id uuid not null references operators (id) on delete cascade,
  -- Browser and system in a few words, so that their owner knows it again.
  device text not null,
  created_at timestamptz not null default clock_timestamp(),
  seen_at timestamptz not null default clock_timestamp(),
  -- Of an idle session, and of any.
  idle_ends_at timestamptz not null,
  ends_at timestamptz not null
);
create index sessions_operator on sessions (operator_id);
create index sessions_ends on sessions (least(idle_ends_at, ends_at));

-- What operators looked at and did. Nothing is ever changed here; the trigger refuses it, but for the purge of a whole tenant or of old rows.
create table audit_log (
  id bigint primary key generated always as identity,
  tenant_id uuid not null references tenants (id) on delete cascade,
  at timestamptz not null default clock_timestamp(),
  -- Kept when the operator is removed, so no reference.
  operator_id uuid,
  operator_email text not null,
  act text not null,
  -- Kept when the customer is deleted, so no reference. No text of a customer is ever stored here.
  conversation_id uuid,
  detail jsonb not null default '{}'
);
create index audit_log_tenant on audit_log (tenant_id, id desc);
create index audit_log_conversation on audit_log (conversation_id, id desc) where conversation_id is not null;

alter table conversations
  -- The operator who has it; null while nobody in the console does.
  add column assignee_id uuid references operators (id) on delete set null,
  -- Hidden from the lists until then, or until the customer writes.
  add column snoozed_until timestamptz,
  -- Closed by an operator; the customer's next message opens it again.
  add column closed_at timestamptz,
  -- A supervisor should have a look, for instance after a low rating.
  add column flagged_at timestamptz,
  -- Up to which message the conversation was looked at for a rating, and until when the customer's next words are about one.
  add column rated_seq bigint not null default 0,
  add column why_until timestamptz,
  -- What the operator who gave it back wants the bot to know; part of its prompt.
  add column bot_note text,
  -- Last change of this row, by the database's clock: what an open page has not seen yet.
  add column changed_at timestamptz not null default clock_timestamp(),
  -- When the customer or an operator last wrote: lists are sorted by it. A reply of the bot moves nothing.
  add column last_at timestamptz not null default clock_timestamp();
create index conversations_changed on conversations (tenant_id, changed_at desc, id);
-- The lists (list_conversations): one by owner and one for each rarer state.
create index conversations_listed on conversations
  (tenant_id, (case when closed_at is not null then 'closed' else status end), last_at desc, id desc);
create index conversations_unrated on conversations (window_ends_at) where rated_seq < received_seq;
create index conversations_assignee on conversations (assignee_id, last_at desc, id desc) where assignee_id is not null;
create index conversations_flagged on conversations (tenant_id, last_at desc, id desc) where flagged_at is not null;
create index conversations_snoozed on conversations (tenant_id, snoozed_until) where snoozed_until is not null;

alter table messages
  -- The operator of the console who wrote it; null for the bot, and for operators in other apps.
  add column operator_id uuid references operators (id) on delete set null;
-- Returns the words of a message or a customer's name as the search finds them: folded, each sign of a script without spaces and each emoji
-- on its own, with the company's id as a word that no text has. Never raises, whatever is written: storing a message calls it. What an index
-- calls cannot change: another body needs another name and another index.
create function search_terms(p_tenant_id uuid, p_text text, p_more text) returns tsvector
language sql immutable parallel safe cost 5000 as $$
  select array_to_tsvector(array_remove(string_to_array(
    regexp_replace(regexp_replace(regexp_replace(
        lower(regexp_replace(normalize(left(concat_ws(' ', p_text, p_more), 20000), nfd), '[\u0300-\u036f]', '', 'g')),
      '([\u2e80-\u2fff\u3040-\u9fff\uac00-\ud7af\U0001F000-\U0001FAFF])', ' \1 ', 'g'),
      '[\u0001-/:-@\[-`{-\u00bf\u2000-\u206f\u3000-\u303f\ufe00-\ufe0f\uff00-\uff0f]+', ' ', 'g'),
      '([^ ]{40})[^ ]+', '\1', 'g'), ' '), '') || ('~' || p_tenant_id))
$$;

-- Returns all ends of a phone, so that any part of it is the beginning of one.
create function phone_parts(p_phone text) returns text language sql immutable parallel safe as $$
  select string_agg(substr(p_phone, place), ' ') from generate_series(1, length(p_phone) - 2) place
$$;

-- Without a list of what waits to be added: it would be merged by some customer's message, and read by each search.
create index messages_search on messages using gin (search_terms(tenant_id, text, reading)) with (fastupdate = off);
create index customers_search on customers using gin (search_terms(tenant_id, name, phone_parts(phone))) with (fastupdate = off);
-- The thread, by arrival: Meta's times are whole seconds, so a quick reply could precede its question.
create index messages_thread on messages (conversation_id, created_at desc, id desc);
alter table handoffs
  -- The operator of the console who took it.
  add column taken_by uuid references operators (id) on delete set null,
  -- How often nobody could be told that nobody took it.
  add column report_failures integer not null default 0;
-- Those that a person has, to find the ones that were left alone.
create index conversations_with_person on conversations (tenant_id) where status = 'human';
create index handoffs_queue on handoffs (tenant_id, opened_at, conversation_id) where handed_back_at is null and taken_at is null;

create table notes (
  id uuid primary key default gen_random_uuid(),
  tenant_id uuid not null references tenants (id) on delete cascade,
  conversation_id uuid not null references conversations (id) on delete cascade,
  operator_id uuid references operators (id) on delete set null,
  text text not null,
  created_at timestamptz not null default clock_timestamp()
);
create index notes_conversation on notes (conversation_id, created_at);

create table conversation_tags (
  tenant_id uuid not null references tenants (id) on delete cascade,
  conversation_id uuid not null references conversations (id) on delete cascade,
  tag text not null,
  primary key (conversation_id, tag)
);
create index conversation_tags_tag on conversation_tags (tenant_id, tag);

-- Files that operators gave to Meta, which keeps them for thirty days.
create table uploads (
  tenant_id uuid not null references tenants (id) on delete cascade,
  media_id text not null,
  operator_id uuid references operators (id) on delete set null,
  kind text not null check (kind in ('image', 'audio', 'document')),
  mime_type text not null,
  filename text,
  created_at timestamptz not null default clock_timestamp(),
  primary key (tenant_id, media_id)
);

create table quick_replies (
  id uuid primary key default gen_random_uuid(),
  tenant_id uuid not null references tenants (id) on delete cascade,
  shortcut text not null,
  -- With placeholders such as {{name}}.
  text text not null,
  language text check (language in ('es', 'en', 'pt')),
  updated_at timestamptz not null default clock_timestamp(),
  unique (tenant_id, shortcut)
);

-- How far an operator has read a conversation.
create table conversation_reads (
  operator_id uuid not null references operators (id) on delete cascade,
  conversation_id uuid not null references conversations (id) on delete cascade,
  read_at timestamptz not null default clock_timestamp(),
  primary key (operator_id, conversation_id)
);
create index conversation_reads_conversation on conversation_reads (conversation_id);

-- Who looks at a conversation, and until when they count as typing. Worth nothing after a crash.
create unlogged table presence (
  operator_id uuid not null references operators (id) on delete cascade,
  conversation_id uuid not null,
  tenant_id uuid not null references tenants (id) on delete cascade,
  seen_until timestamptz not null,
  typing_until timestamptz,
  primary key (operator_id, conversation_id)
);
create index presence_conversation on presence (conversation_id);

-- Drafts that an operator asked the model for: what they cost.
create table suggestions (
  id uuid primary key default gen_random_uuid(),
  tenant_id uuid not null references tenants (id) on delete cascade,
  conversation_id uuid not null references conversations (id) on delete cascade,
  operator_id uuid references operators (id) on delete set null,
  model text,
  input_tokens integer not null default 0,
  output_tokens integer not null default 0,
  cost_usd numeric(12, 8),
  errors jsonb not null default '[]',
  created_at timestamptz not null default clock_timestamp()
);
create index suggestions_conversation on suggestions (conversation_id);
create index suggestions_created on suggestions (created_at);

-- Ratings that customers were asked for, or why they were not.
create table csat (
  id uuid primary key default gen_random_uuid(),
  tenant_id uuid not null references tenants (id) on delete cascade,
  conversation_id uuid not null references conversations (id) on delete cascade,
  customer_id uuid not null references customers (id) on delete cascade,
  -- Who served since the question before: `bot`, `person` or `mixed`, and the last of each.
  served_by text not null check (served_by in ('bot', 'person', 'mixed')),
  operator_id uuid references operators (id) on delete set null,
  intent text,
  -- `closed` by an operator, or `silent`.
  cause text not null check (cause in ('closed', 'silent')),
  -- Null: it was asked.
  not_asked text,
  score smallint check (score between 1 and 5),
  comment text,
  created_at timestamptz not null default clock_timestamp(),
  answered_at timestamptz,
  -- What is said after the score and after the words, in the customer's language.
  notices jsonb
);
create index csat_conversation on csat (conversation_id, created_at desc);
create index csat_customer on csat (customer_id, created_at desc);
create index csat_tenant on csat (tenant_id, created_at desc);

alter table tenants
  -- Choices that an owner makes in the console; what is absent has its default in lib/console/settings/.
  add column settings jsonb not null default '{}';
alter table customers
  -- Part of the demonstration: removed by one click.
  add column demo boolean not null default false;
create index customers_demo on customers (tenant_id) where demo;
