-- The schema as it is now, written by `npm run schema` from the catalogs of a migrated database: to be read, not to be run.
-- The reasons stand beside the columns in db/migrations/ and in the functions' own files.

create table conversations (
  id uuid not null default gen_random_uuid(),
  tenant_id uuid not null,
  user_id uuid not null,
  status text not null default 'bot'::text,
  window_ends_at timestamp with time zone,
  received_seq bigint not null default 0,
  answered_seq bigint not null default 0,
  open_since timestamp with time zone,
  epoch bigint not null default 0,
  lease_expires_at timestamp with time zone,
  retry_at timestamp with time zone,
  attempts integer not null default 0,
  previous_rung text,
  limit_told_until timestamp with time zone,
  created_at timestamp with time zone not null default now(),
  bot_resumes_at timestamp with time zone,
  reengaged_at timestamp with time zone,
  pair_free_at timestamp with time zone,
  usage_day date,
  usage_turns integer not null default 0,
  usage_sound_s integer not null default 0,
  repeat_key text,
  repeat_count integer not null default 0,
  constraint conversations_pkey PRIMARY KEY (id),
  constraint conversations_user_id_key UNIQUE (user_id),
  constraint conversations_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenants(id) ON DELETE CASCADE,
  constraint conversations_user_id_fkey FOREIGN KEY (user_id) REFERENCES users(id) ON DELETE CASCADE,
  constraint conversations_status_check CHECK ((status = ANY (ARRAY['bot'::text, 'human'::text, 'other_app'::text, 'closed'::text])))
);
CREATE INDEX conversations_open ON public.conversations USING btree (open_since) WHERE (received_seq > answered_seq);
CREATE INDEX conversations_quiet ON public.conversations USING btree (COALESCE(window_ends_at, created_at));
CREATE INDEX conversations_waiting ON public.conversations USING btree (tenant_id, COALESCE(open_since, 'infinity'::timestamp with time zone)) WHERE (received_seq > answered_seq);

create table counters (
  tenant_id uuid not null,
  day date not null default ((clock_timestamp() AT TIME ZONE 'UTC'::text))::date,
  name text not null,
  value bigint not null,
  share integer not null default 0,
  constraint counters_pkey PRIMARY KEY (tenant_id, day, name, share),
  constraint counters_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenants(id) ON DELETE CASCADE
);

create table daily_notices (
  tenant_id uuid not null,
  day date not null,
  subject uuid not null,
  name text not null,
  constraint daily_notices_pkey PRIMARY KEY (tenant_id, day, subject, name),
  constraint daily_notices_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenants(id) ON DELETE CASCADE
);

create table early_statuses (
  wa_message_id text not null,
  state text not null,
  error_codes jsonb not null default '[]'::jsonb,
  pricing jsonb,
  received_at timestamp with time zone not null default clock_timestamp(),
  effect text,
  tenant_id uuid not null,
  constraint early_statuses_pkey PRIMARY KEY (tenant_id, wa_message_id),
  constraint early_statuses_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenants(id) ON DELETE CASCADE
);
CREATE INDEX early_statuses_received ON public.early_statuses USING btree (received_at);

create table handoffs (
  id uuid not null default gen_random_uuid(),
  tenant_id uuid not null,
  conversation_id uuid not null,
  turn_id uuid,
  reason text not null,
  summary text not null,
  opened_at timestamp with time zone not null default clock_timestamp(),
  notified_at timestamp with time zone,
  handed_back_at timestamp with time zone,
  constraint handoffs_pkey PRIMARY KEY (id),
  constraint handoffs_conversation_id_fkey FOREIGN KEY (conversation_id) REFERENCES conversations(id) ON DELETE CASCADE,
  constraint handoffs_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenants(id) ON DELETE CASCADE,
  constraint handoffs_turn_id_fkey FOREIGN KEY (turn_id) REFERENCES turns(id) ON DELETE SET NULL
);
CREATE INDEX handoffs_conversation ON public.handoffs USING btree (conversation_id);
CREATE UNIQUE INDEX handoffs_open ON public.handoffs USING btree (conversation_id) WHERE (handed_back_at IS NULL);
CREATE INDEX handoffs_settled ON public.handoffs USING btree (opened_at) WHERE (handed_back_at IS NOT NULL);
CREATE INDEX handoffs_turn ON public.handoffs USING btree (turn_id) WHERE (turn_id IS NOT NULL);

create table hash_key (
  only_one boolean not null default true,
  key bytea not null,
  constraint hash_key_pkey PRIMARY KEY (only_one),
  constraint hash_key_only_one_check CHECK (only_one)
);

create table identity_changes_aside (
  id bigint not null generated always as identity,
  tenant_id uuid not null,
  change jsonb not null,
  received_at timestamp with time zone not null default clock_timestamp(),
  constraint identity_changes_aside_pkey PRIMARY KEY (id),
  constraint identity_changes_aside_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenants(id) ON DELETE CASCADE
);

create table knowledge (
  id uuid not null default gen_random_uuid(),
  tenant_id uuid not null,
  slug text not null,
  language text not null,
  title text not null,
  body text not null,
  keywords text not null default ''::text,
  search tsvector not null generated always as (((setweight(to_tsvector(knowledge_config(language), knowledge_plain(title)), 'A'::"char") || setweight(to_tsvector(knowledge_config(language), knowledge_plain(keywords)), 'B'::"char")) || setweight(to_tsvector(knowledge_config(language), knowledge_plain(body)), 'D'::"char"))) stored,
  constraint knowledge_pkey PRIMARY KEY (id),
  constraint knowledge_tenant_id_slug_language_key UNIQUE (tenant_id, slug, language),
  constraint knowledge_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenants(id) ON DELETE CASCADE,
  constraint knowledge_language_check CHECK ((language = ANY (ARRAY['es'::text, 'en'::text, 'pt'::text])))
);

create table media_files (
  path text not null,
  tenant_id uuid not null,
  media_id text not null,
  mime_type text not null,
  bytes integer,
  stored_at timestamp with time zone not null default now(),
  expires_at timestamp with time zone not null,
  constraint media_files_pkey PRIMARY KEY (path),
  constraint media_files_tenant_id_media_id_key UNIQUE (tenant_id, media_id)
);
CREATE INDEX media_files_expires ON public.media_files USING btree (expires_at);

create table messages (
  id uuid not null default gen_random_uuid(),
  tenant_id uuid not null,
  conversation_id uuid not null,
  direction text not null,
  author text not null default 'customer'::text,
  wa_message_id text,
  seq bigint,
  state text not null,
  type text not null,
  text text,
  content jsonb,
  quote_wa_message_id text,
  turn_id uuid,
  sends integer not null default 0,
  unanswered_sends integer not null default 0,
  confirmed_by text,
  error_codes jsonb not null default '[]'::jsonb,
  pricing jsonb,
  sent_at timestamp with time zone not null,
  created_at timestamp with time zone not null default clock_timestamp(),
  updated_at timestamp with time zone not null default clock_timestamp(),
  about jsonb,
  reading text,
  opt text,
  constraint messages_pkey PRIMARY KEY (id),
  constraint messages_tenant_id_wa_message_id_key UNIQUE (tenant_id, wa_message_id),
  constraint messages_conversation_id_fkey FOREIGN KEY (conversation_id) REFERENCES conversations(id) ON DELETE CASCADE,
  constraint messages_turn_id_fkey FOREIGN KEY (turn_id) REFERENCES turns(id) ON DELETE SET NULL,
  constraint messages_author_check CHECK ((author = ANY (ARRAY['customer'::text, 'bot'::text, 'agent'::text, 'system'::text]))),
  constraint messages_confirmed_by_check CHECK ((confirmed_by = ANY (ARRAY['answer'::text, 'echo'::text]))),
  constraint messages_direction_check CHECK ((direction = ANY (ARRAY['in'::text, 'out'::text]))),
  constraint messages_opt_check CHECK ((opt = ANY (ARRAY['stop'::text, 'start'::text])))
);
CREATE INDEX messages_created ON public.messages USING btree (created_at);
CREATE INDEX messages_history ON public.messages USING btree (conversation_id, sent_at DESC);
CREATE INDEX messages_pending ON public.messages USING btree (conversation_id, seq) WHERE (seq IS NOT NULL);
CREATE INDEX messages_turn ON public.messages USING btree (turn_id) WHERE (turn_id IS NOT NULL);
CREATE TRIGGER messages_deleted AFTER DELETE ON public.messages REFERENCING OLD TABLE AS gone FOR EACH STATEMENT EXECUTE FUNCTION expire_media_of_deleted();
CREATE TRIGGER messages_remembered AFTER DELETE ON public.messages REFERENCING OLD TABLE AS gone FOR EACH STATEMENT EXECUTE FUNCTION remember_deleted();

create table number_pace (
  tenant_id uuid not null,
  share integer not null,
  free_at timestamp with time zone not null,
  constraint number_pace_pkey PRIMARY KEY (tenant_id, share),
  constraint number_pace_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenants(id) ON DELETE CASCADE
);

create table opted_out_hashes (
  tenant_id uuid not null,
  hash bytea not null,
  user_hash bytea,
  opted_out_at timestamp with time zone,
  no_marketing_at timestamp with time zone,
  constraint opted_out_hashes_pkey PRIMARY KEY (tenant_id, hash),
  constraint opted_out_hashes_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenants(id) ON DELETE CASCADE
);

create table platform_events (
  id bigint not null generated always as identity,
  tenant_id uuid,
  account_id text,
  field text not null,
  event text not null,
  severity text not null,
  detail jsonb,
  happened_at timestamp with time zone not null,
  received_at timestamp with time zone not null default clock_timestamp(),
  fingerprint text not null,
  constraint platform_events_fingerprint_key UNIQUE (fingerprint),
  constraint platform_events_pkey PRIMARY KEY (id),
  constraint platform_events_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenants(id) ON DELETE CASCADE,
  constraint platform_events_severity_check CHECK ((severity = ANY (ARRAY['info'::text, 'warning'::text, 'critical'::text])))
);
CREATE INDEX platform_events_received ON public.platform_events USING btree (received_at);

create table purged_messages (
  tenant_id uuid not null,
  id_hash bytea not null,
  day date not null default ((clock_timestamp() AT TIME ZONE 'UTC'::text))::date,
  constraint purged_messages_pkey PRIMARY KEY (tenant_id, id_hash)
);
CREATE INDEX purged_messages_day ON public.purged_messages USING btree (day);

create table schema_functions (
  name text not null,
  checksum text not null,
  constraint schema_functions_pkey PRIMARY KEY (name)
);

create table schema_migrations (
  name text not null,
  checksum text not null,
  applied_at timestamp with time zone not null default now(),
  constraint schema_migrations_pkey PRIMARY KEY (name)
);

create table tenants (
  id uuid not null default gen_random_uuid(),
  phone_number_id text not null,
  profile jsonb not null default '{"name": "our company", "tone": "friendly, clear and brief", "about": "a business that answers its customers here", "hours": "not published", "contact": "", "language": "en", "timeZone": "UTC"}'::jsonb,
  created_at timestamp with time zone not null default now(),
  throughput integer,
  constraint tenants_phone_number_id_key UNIQUE (phone_number_id),
  constraint tenants_pkey PRIMARY KEY (id),
  constraint tenants_throughput_check CHECK ((throughput > 0))
);

create table tool_calls (
  id bigint not null generated always as identity,
  turn_id uuid not null,
  idempotency_key text not null,
  name text not null,
  input jsonb,
  output jsonb,
  ms integer not null,
  failed boolean not null default false,
  created_at timestamp with time zone not null default clock_timestamp(),
  constraint tool_calls_pkey PRIMARY KEY (id),
  constraint tool_calls_turn_id_fkey FOREIGN KEY (turn_id) REFERENCES turns(id) ON DELETE CASCADE
);
CREATE UNIQUE INDEX tool_calls_turn ON public.tool_calls USING btree (turn_id, idempotency_key);

create table turns (
  id uuid not null,
  tenant_id uuid not null,
  conversation_id uuid not null,
  epoch bigint not null,
  through_seq bigint not null,
  state text not null default 'running'::text,
  intent text,
  confidence real,
  decided_by text,
  language text,
  intent_model text,
  reply_model text,
  input_tokens integer not null default 0,
  output_tokens integer not null default 0,
  cost_usd numeric(12,8),
  stages_ms jsonb not null default '{}'::jsonb,
  rung text,
  errors jsonb not null default '[]'::jsonb,
  rounds integer not null default 1,
  trace_id text,
  started_at timestamp with time zone not null default clock_timestamp(),
  ended_at timestamp with time zone,
  constraint turns_pkey PRIMARY KEY (id),
  constraint turns_conversation_id_fkey FOREIGN KEY (conversation_id) REFERENCES conversations(id) ON DELETE CASCADE
);
CREATE INDEX turns_conversation ON public.turns USING btree (conversation_id, started_at DESC);
CREATE INDEX turns_dead ON public.turns USING btree (ended_at DESC) WHERE (state = 'dead'::text);
CREATE INDEX turns_open ON public.turns USING btree (conversation_id) WHERE (state = ANY (ARRAY['running'::text, 'drafted'::text]));
CREATE INDEX turns_started ON public.turns USING btree (started_at);

create table usage (
  tenant_id uuid not null,
  day date not null,
  share integer not null,
  turns integer not null default 0,
  sound_s integer not null default 0,
  usd numeric(14,8) not null default 0,
  constraint usage_pkey PRIMARY KEY (tenant_id, day, share),
  constraint usage_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenants(id) ON DELETE CASCADE
);

create table users (
  id uuid not null default gen_random_uuid(),
  tenant_id uuid not null,
  phone text,
  wa_user_id text,
  name text,
  language text,
  created_at timestamp with time zone not null default now(),
  opted_out_at timestamp with time zone,
  opt_changed_at timestamp with time zone,
  no_marketing_at timestamp with time zone,
  unreachable_at timestamp with time zone,
  constraint users_pkey PRIMARY KEY (id),
  constraint users_tenant_id_phone_key UNIQUE (tenant_id, phone),
  constraint users_tenant_id_wa_user_id_key UNIQUE (tenant_id, wa_user_id),
  constraint users_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenants(id) ON DELETE CASCADE,
  constraint users_language_check CHECK ((language = ANY (ARRAY['es'::text, 'en'::text, 'pt'::text])))
);

create function raise_counters(p_tenant uuid, p_names text[]) returns void; -- db/functions/counters/raise_counters.sql
create function dead_letter(p_turn uuid) returns jsonb; -- db/functions/dead/dead_letter.sql
create function dead_letter_json(t turns) returns jsonb; -- db/functions/dead/dead_letter_json.sql
create function dead_letters(p_limit integer) returns SETOF jsonb; -- db/functions/dead/dead_letters.sql
create function drop_dead(p_turn uuid) returns jsonb; -- db/functions/dead/drop_dead.sql
create function replay_dead(p_turn uuid) returns jsonb; -- db/functions/dead/replay_dead.sql
create function apply_failure(p_conversation uuid, p_effect text, p_through bigint) returns jsonb; -- db/functions/delivery/apply_failure.sql
create function delivery_rank(state text) returns integer; -- db/functions/delivery/delivery_rank.sql
create function moves_forward(old_state text, new_state text) returns boolean; -- db/functions/delivery/moves_forward.sql
create function reengage(p_conversation uuid, p_through bigint) returns jsonb; -- db/functions/delivery/reengage.sql
create function hand_back(p_conversation uuid) returns boolean; -- db/functions/handoffs/hand_back.sql
create function open_handoff(p_conversation uuid, p_reason text, p_summary text) returns jsonb; -- db/functions/handoffs/open_handoff.sql
create function take_over(p_conversation uuid, p_reason text, p_summary text) returns boolean; -- db/functions/handoffs/take_over.sql
create function knowledge_words(query text) returns SETOF text; -- db/functions/knowledge/knowledge_words.sql
create function due_media_files(p_limit integer) returns SETOF text; -- db/functions/media/due_media_files.sql
create function expire_media_of_deleted() returns trigger; -- db/functions/media/expire_media_of_deleted.sql
create function forget_media_files(p_paths jsonb) returns integer; -- db/functions/media/forget_media_files.sql
create function media_days(profile jsonb) returns integer; -- db/functions/media/media_days.sql
create function record_media_file(p_phone_number_id text, p_media_id text, p_mime_type text, p_path text) returns text; -- db/functions/media/record_media_file.sql
create function shorten_media_files() returns void; -- db/functions/media/shorten_media_files.sql
create function hold_and_reserve(talk conversations, p_lease_ms integer, p_messages integer) returns integer; -- db/functions/pace/hold_and_reserve.sql
create function pair_wait(p_free_at timestamp with time zone) returns interval; -- db/functions/pace/pair_wait.sql
create function reserve_throughput(p_tenant uuid, p_throughput integer, p_messages bigint) returns timestamp with time zone; -- db/functions/pace/reserve_throughput.sql
create function apply_choice(person users, p_conversation uuid, p_choice text, p_at timestamp with time zone) returns users; -- db/functions/people/apply_choice.sql
create function apply_identity_changes(p_limit integer) returns void; -- db/functions/people/apply_identity_changes.sql
create function change_identity(p_tenant uuid, change jsonb) returns boolean; -- db/functions/people/change_identity.sql
create function find_or_create_user(p_tenant uuid, p_phone text, p_wa_user_id text, p_name text) returns uuid; -- db/functions/people/find_or_create_user.sql
create function follows_identity_change(p_next jsonb, p_first jsonb) returns boolean; -- db/functions/people/follows_identity_change.sql
create function forget_people(p_users uuid[]) returns integer; -- db/functions/people/forget_people.sql
create function may_speak(talk conversations, p_turn uuid, p_through bigint) returns boolean; -- db/functions/people/may_speak.sql
create function merge_people(p_keep uuid, p_gone uuid) returns boolean; -- db/functions/people/merge_people.sql
create function person_hash(p_tenant uuid, p_kind text, p_name text) returns bytea; -- db/functions/people/person_hash.sql
create function person_json(u users) returns jsonb; -- db/functions/people/person_json.sql
create function recall_choices(person users) returns void; -- db/functions/people/recall_choices.sql
create function change_message(p_conversation uuid, p_type text, p_content jsonb) returns void; -- db/functions/receive/change_message.sql
create function count_inbound(p_messages jsonb) returns void; -- db/functions/receive/count_inbound.sql
create function find_sender(p_tenant uuid, p_phone text, p_wa_user_id text, p_name text) returns users; -- db/functions/receive/find_sender.sql
create function hear_from_customer(conversation conversations, p_sent_at timestamp with time zone, p_standby boolean) returns conversations; -- db/functions/receive/hear_from_customer.sql
create function is_over_limit(p_conversation uuid, p_sent_at timestamp with time zone, p_max integer, p_window_s integer) returns boolean; -- db/functions/receive/is_over_limit.sql
create function know_numbers(p_phone_number_ids jsonb) returns void; -- db/functions/receive/know_numbers.sql
create function receive_besides(p jsonb, p_human_pause_s integer) returns jsonb; -- db/functions/receive/receive_besides.sql
create function receive_events(p jsonb) returns json; -- db/functions/receive/receive_events.sql
create function receive_messages(INOUT conversation conversations, INOUT person users, p_messages jsonb, p_rate_max integer, p_window_s integer, OUT pending json[], OUT stored integer, OUT duplicates integer, OUT redelivered integer, OUT limited integer, OUT limited_wait integer, OUT limited_text text) returns record; -- db/functions/receive/receive_messages.sql
create function receive_sender(p jsonb, p_company tenants, p_phone text, p_wa_user_id text, p_name text, p_messages jsonb, OUT waiting uuid, OUT claim json, OUT notice jsonb, OUT stored integer, OUT duplicates integer, OUT redelivered integer, OUT limited integer) returns record; -- db/functions/receive/receive_sender.sql
create function receive_statuses(p_statuses jsonb, OUT applied integer, OUT opened jsonb, OUT woken uuid[]) returns record; -- db/functions/receive/receive_statuses.sql
create function hand_back_quiet(p_horizon timestamp with time zone, p_limit integer) returns void; -- db/functions/retention/hand_back_quiet.sql
create function message_id_hash(p_wa_message_id text) returns bytea; -- db/functions/retention/message_id_hash.sql
create function purge_batch(p_days integer, p_limit integer) returns jsonb; -- db/functions/retention/purge_batch.sql
create function purge_conversations(p_horizon timestamp with time zone, p_limit integer, OUT messages integer, OUT turns integer, OUT handoffs integer) returns record; -- db/functions/retention/purge_conversations.sql
create function purge_people(p_horizon timestamp with time zone, p_limit integer) returns integer; -- db/functions/retention/purge_people.sql
create function remember_deleted() returns trigger; -- db/functions/retention/remember_deleted.sql
create function was_purged(p_tenant uuid, p_wa_message_id text) returns boolean; -- db/functions/retention/was_purged.sql
create function begin_resend(p_conversation uuid, p_epoch bigint, p_ids jsonb, p_lease_ms integer) returns jsonb; -- db/functions/turn/begin_resend.sql
create function begin_turn(talk conversations, company tenants, person users, p_turn uuid, p_through bigint, p_lease_ms integer, pending json, unsent json, handoff json, happened text[]) returns json; -- db/functions/turn/begin_turn.sql
create function claim_turn(p_conversation uuid, p_turn uuid, p_lease_ms integer) returns json; -- db/functions/turn/claim_turn.sql
create function confirm_turn(p_turn uuid) returns void; -- db/functions/turn/confirm_turn.sql
create function draft_reply(p jsonb) returns jsonb; -- db/functions/turn/draft_reply.sql
create function finish_turn(p jsonb) returns jsonb; -- db/functions/turn/finish_turn.sql
create function look_before_send(p jsonb) returns json; -- db/functions/turn/look_before_send.sql
create function message_json(m messages) returns jsonb; -- db/functions/turn/message_json.sql
create function open_conversations(p_limit integer) returns SETOF uuid; -- db/functions/turn/open_conversations.sql
create function quoted_json(m messages) returns jsonb; -- db/functions/turn/quoted_json.sql
create function record_sent(p_parts jsonb) returns text[]; -- db/functions/turn/record_sent.sql
create function record_turn(p_turn uuid, p_state text, r jsonb) returns void; -- db/functions/turn/record_turn.sql
create function release_turn(p_turn uuid) returns void; -- db/functions/turn/release_turn.sql
create function settle_result(p jsonb, p_turn uuid, OUT result text, OUT arrived boolean, OUT suppressed boolean, OUT tried boolean) returns record; -- db/functions/turn/settle_result.sql
create function stranded_conversations() returns integer; -- db/functions/turn/stranded_conversations.sql
create function told_json(m messages) returns json; -- db/functions/turn/told_json.sql
create function unanswered_sends(p_ids uuid[]) returns text[]; -- db/functions/turn/unanswered_sends.sql
create function window_json(c conversations) returns jsonb; -- db/functions/turn/window_json.sql
create function withhold_draft(conversation conversations, p_turn uuid, p_through bigint) returns void; -- db/functions/turn/withhold_draft.sql
create function book_usage(talk conversations, p_usage jsonb, p_repeat jsonb) returns conversations; -- db/functions/usage/book_usage.sql
create function first_today(p_tenant uuid, p_subject uuid, p_name text) returns boolean; -- db/functions/usage/first_today.sql
create function usage_json(talk conversations) returns json; -- db/functions/usage/usage_json.sql
create function utc_today() returns date; -- db/functions/usage/utc_today.sql
create function knowledge_config(language text) returns regconfig; -- db/migrations/
create function knowledge_plain(input text) returns text; -- db/migrations/
