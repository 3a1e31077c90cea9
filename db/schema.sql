-- The schema as it is now, written by `npm run schema` from the catalogs of a migrated database: to be read, not to be run.
-- The reasons stand beside the columns in db/migrations/ and in the functions' own files.

create table account_events (
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
  constraint account_events_fingerprint_key UNIQUE (fingerprint),
  constraint account_events_pkey PRIMARY KEY (id),
  constraint account_events_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenants(id) ON DELETE CASCADE,
  constraint account_events_severity_check CHECK ((severity = ANY (ARRAY['info'::text, 'warning'::text, 'critical'::text])))
);
CREATE INDEX account_events_received ON public.account_events USING btree (received_at);

create table acts (
  id uuid not null,
  tenant_id uuid not null,
  conversation_id uuid not null,
  customer_id uuid not null,
  turn_id uuid not null,
  message_id uuid not null,
  answered_by uuid,
  tool text not null,
  declared jsonb not null,
  input jsonb not null,
  question text not null,
  language text not null,
  state text not null default 'proposed'::text,
  code text,
  idempotency_key text not null,
  attempts smallint not null default 0,
  answer jsonb,
  created_at timestamp with time zone not null default clock_timestamp(),
  expires_at timestamp with time zone not null,
  confirmed_at timestamp with time zone,
  attempted_at timestamp with time zone,
  ended_at timestamp with time zone,
  told_at timestamp with time zone,
  decided_by uuid,
  decided_at timestamp with time zone,
  settled_at timestamp with time zone,
  settled_by uuid,
  settled_how text,
  settled_note text,
  constraint acts_pkey PRIMARY KEY (id),
  constraint acts_tenant_id_idempotency_key_key UNIQUE (tenant_id, idempotency_key),
  constraint acts_conversation_id_fkey FOREIGN KEY (conversation_id) REFERENCES conversations(id) ON DELETE CASCADE,
  constraint acts_customer_id_fkey FOREIGN KEY (customer_id) REFERENCES customers(id) ON DELETE CASCADE,
  constraint acts_decided_by_fkey FOREIGN KEY (decided_by) REFERENCES operators(id) ON DELETE SET NULL,
  constraint acts_settled_by_fkey FOREIGN KEY (settled_by) REFERENCES operators(id) ON DELETE SET NULL,
  constraint acts_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenants(id) ON DELETE CASCADE,
  constraint acts_settled_how_check CHECK ((settled_how = ANY (ARRAY['by_hand'::text, 'was_done'::text, 'dropped'::text]))),
  constraint acts_state_check CHECK ((state = ANY (ARRAY['proposed'::text, 'awaiting_approval'::text, 'confirmed'::text, 'executing'::text, 'executed'::text, 'failed'::text, 'unknown'::text, 'expired'::text, 'cancelled'::text])))
);
CREATE INDEX acts_by_time ON public.acts USING btree (created_at);
CREATE INDEX acts_decided ON public.acts USING btree (decided_by) WHERE (decided_by IS NOT NULL);
CREATE INDEX acts_for_people ON public.acts USING btree (tenant_id, created_at DESC) WHERE (state = ANY (ARRAY['awaiting_approval'::text, 'confirmed'::text, 'executing'::text, 'failed'::text, 'unknown'::text]));
CREATE INDEX acts_of_conversation ON public.acts USING btree (conversation_id, created_at DESC);
CREATE INDEX acts_of_customer ON public.acts USING btree (customer_id);
CREATE INDEX acts_settled ON public.acts USING btree (settled_by) WHERE (settled_by IS NOT NULL);

create table alert_runs (
  tenant_id uuid not null,
  name text not null,
  ran_at timestamp with time zone not null,
  constraint alert_runs_pkey PRIMARY KEY (tenant_id, name),
  constraint alert_runs_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenants(id) ON DELETE CASCADE
);

create table alerts (
  id uuid not null default gen_random_uuid(),
  tenant_id uuid not null,
  name text not null,
  rule text not null,
  severity text not null,
  stage smallint not null,
  facts jsonb not null,
  hold interval not null,
  keep interval not null,
  opened_at timestamp with time zone not null,
  seen_at timestamp with time zone not null,
  recovered_at timestamp with time zone,
  told_at timestamp with time zone,
  told_stage smallint,
  recovery_told_at timestamp with time zone,
  telling_until timestamp with time zone,
  constraint alerts_pkey PRIMARY KEY (id),
  constraint alerts_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenants(id) ON DELETE CASCADE,
  constraint alerts_severity_check CHECK ((severity = ANY (ARRAY['page'::text, 'ticket'::text])))
);
CREATE UNIQUE INDEX alerts_open ON public.alerts USING btree (tenant_id, name) WHERE (recovered_at IS NULL);
CREATE INDEX alerts_recovered ON public.alerts USING btree (tenant_id, recovered_at DESC) WHERE (recovered_at IS NOT NULL);

create table audit_log (
  id bigint not null generated always as identity,
  tenant_id uuid not null,
  at timestamp with time zone not null default clock_timestamp(),
  operator_id uuid,
  operator_email text not null,
  act text not null,
  conversation_id uuid,
  detail jsonb not null default '{}'::jsonb,
  constraint audit_log_pkey PRIMARY KEY (id),
  constraint audit_log_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenants(id) ON DELETE CASCADE
);
CREATE INDEX audit_log_conversation ON public.audit_log USING btree (conversation_id, id DESC) WHERE (conversation_id IS NOT NULL);
CREATE INDEX audit_log_tenant ON public.audit_log USING btree (tenant_id, id DESC);
CREATE TRIGGER audit_log_kept BEFORE DELETE OR UPDATE ON public.audit_log FOR EACH ROW EXECUTE FUNCTION refuse_audit_change();
CREATE TRIGGER audit_log_not_emptied BEFORE TRUNCATE ON public.audit_log FOR EACH STATEMENT EXECUTE FUNCTION refuse_audit_change();

create table consents (
  tenant_id uuid not null,
  hash bytea not null,
  wa_user_hash bytea,
  opted_out_at timestamp with time zone,
  no_marketing_at timestamp with time zone,
  constraint consents_pkey PRIMARY KEY (tenant_id, hash),
  constraint consents_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenants(id) ON DELETE CASCADE
);

create table conversation_reads (
  operator_id uuid not null,
  conversation_id uuid not null,
  read_at timestamp with time zone not null default clock_timestamp(),
  constraint conversation_reads_pkey PRIMARY KEY (operator_id, conversation_id),
  constraint conversation_reads_conversation_id_fkey FOREIGN KEY (conversation_id) REFERENCES conversations(id) ON DELETE CASCADE,
  constraint conversation_reads_operator_id_fkey FOREIGN KEY (operator_id) REFERENCES operators(id) ON DELETE CASCADE
);
CREATE INDEX conversation_reads_conversation ON public.conversation_reads USING btree (conversation_id);

create table conversation_tags (
  tenant_id uuid not null,
  conversation_id uuid not null,
  tag text not null,
  constraint conversation_tags_pkey PRIMARY KEY (conversation_id, tag),
  constraint conversation_tags_conversation_id_fkey FOREIGN KEY (conversation_id) REFERENCES conversations(id) ON DELETE CASCADE,
  constraint conversation_tags_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenants(id) ON DELETE CASCADE
);
CREATE INDEX conversation_tags_tag ON public.conversation_tags USING btree (tenant_id, tag);

create table conversations (
  id uuid not null default gen_random_uuid(),
  tenant_id uuid not null,
  customer_id uuid not null,
  status text not null default 'bot'::text,
  window_ends_at timestamp with time zone,
  received_seq bigint not null default 0,
  answered_seq bigint not null default 0,
  unread_since timestamp with time zone,
  epoch bigint not null default 0,
  lease_expires_at timestamp with time zone,
  retry_at timestamp with time zone,
  attempts integer not null default 0,
  previous_rung text,
  next_limit_notice_at timestamp with time zone,
  created_at timestamp with time zone not null default now(),
  bot_resumes_at timestamp with time zone,
  reengaged_at timestamp with time zone,
  pair_free_at timestamp with time zone,
  usage_day date,
  usage_turns integer not null default 0,
  usage_sound_s integer not null default 0,
  repeat_key text,
  repeat_count integer not null default 0,
  at_once integer not null default 0,
  assignee_id uuid,
  snoozed_until timestamp with time zone,
  closed_at timestamp with time zone,
  flagged_at timestamp with time zone,
  rated_seq bigint not null default 0,
  why_until timestamp with time zone,
  bot_note text,
  changed_at timestamp with time zone not null default clock_timestamp(),
  last_at timestamp with time zone not null default clock_timestamp(),
  changed_minute timestamp with time zone not null default date_trunc('minute'::text, clock_timestamp()),
  constraint conversations_customer_id_key UNIQUE (customer_id),
  constraint conversations_pkey PRIMARY KEY (id),
  constraint conversations_assignee_id_fkey FOREIGN KEY (assignee_id) REFERENCES operators(id) ON DELETE SET NULL,
  constraint conversations_customer_id_fkey FOREIGN KEY (customer_id) REFERENCES customers(id) ON DELETE CASCADE,
  constraint conversations_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenants(id) ON DELETE CASCADE
);
CREATE INDEX conversations_assignee ON public.conversations USING btree (assignee_id, last_at DESC, id DESC) WHERE (assignee_id IS NOT NULL);
CREATE INDEX conversations_changed ON public.conversations USING btree (tenant_id, changed_minute);
CREATE INDEX conversations_flagged ON public.conversations USING btree (tenant_id, last_at DESC, id DESC) WHERE (flagged_at IS NOT NULL);
CREATE INDEX conversations_idle ON public.conversations USING btree (COALESCE(window_ends_at, created_at));
CREATE INDEX conversations_listed ON public.conversations USING btree (tenant_id, (
CASE
    WHEN (closed_at IS NOT NULL) THEN 'closed'::text
    ELSE status
END), last_at DESC, id DESC);
CREATE INDEX conversations_snoozed ON public.conversations USING btree (tenant_id, snoozed_until) WHERE (snoozed_until IS NOT NULL);
CREATE INDEX conversations_unrated ON public.conversations USING btree (window_ends_at) WHERE (rated_seq < received_seq);
CREATE INDEX conversations_unread ON public.conversations USING btree (unread_since) WHERE (received_seq > answered_seq);
CREATE INDEX conversations_waiting ON public.conversations USING btree (tenant_id, COALESCE(unread_since, 'infinity'::timestamp with time zone)) WHERE (received_seq > answered_seq);
CREATE INDEX conversations_with_person ON public.conversations USING btree (tenant_id) WHERE (status = 'human'::text);

create table counters (
  tenant_id uuid not null,
  day date not null default ((clock_timestamp() AT TIME ZONE 'UTC'::text))::date,
  name text not null,
  value bigint not null,
  share integer not null default 0,
  constraint counters_pkey PRIMARY KEY (tenant_id, day, name, share),
  constraint counters_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenants(id) ON DELETE CASCADE
);

create table csat (
  id uuid not null default gen_random_uuid(),
  tenant_id uuid not null,
  conversation_id uuid not null,
  customer_id uuid not null,
  served_by text not null,
  operator_id uuid,
  intent text,
  cause text not null,
  not_asked text,
  score smallint,
  comment text,
  created_at timestamp with time zone not null default clock_timestamp(),
  answered_at timestamp with time zone,
  notices jsonb,
  constraint csat_pkey PRIMARY KEY (id),
  constraint csat_conversation_id_fkey FOREIGN KEY (conversation_id) REFERENCES conversations(id) ON DELETE CASCADE,
  constraint csat_customer_id_fkey FOREIGN KEY (customer_id) REFERENCES customers(id) ON DELETE CASCADE,
  constraint csat_operator_id_fkey FOREIGN KEY (operator_id) REFERENCES operators(id) ON DELETE SET NULL,
  constraint csat_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenants(id) ON DELETE CASCADE,
  constraint csat_cause_check CHECK ((cause = ANY (ARRAY['closed'::text, 'silent'::text]))),
  constraint csat_score_check CHECK (((score >= 1) AND (score <= 5))),
  constraint csat_served_by_check CHECK ((served_by = ANY (ARRAY['bot'::text, 'person'::text, 'mixed'::text])))
);
CREATE INDEX csat_conversation ON public.csat USING btree (conversation_id, created_at DESC);
CREATE INDEX csat_created ON public.csat USING btree (created_at);
CREATE INDEX csat_customer ON public.csat USING btree (customer_id, created_at DESC);
CREATE INDEX csat_tenant ON public.csat USING btree (tenant_id, created_at DESC);

create table customers (
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
  accepted_phone text,
  way_back_told_at timestamp with time zone,
  demo boolean not null default false,
  constraint customers_pkey PRIMARY KEY (id),
  constraint customers_tenant_id_phone_key UNIQUE (tenant_id, phone),
  constraint customers_tenant_id_wa_user_id_key UNIQUE (tenant_id, wa_user_id),
  constraint customers_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenants(id) ON DELETE CASCADE,
  constraint customers_language_check CHECK ((language = ANY (ARRAY['es'::text, 'en'::text, 'pt'::text])))
);
CREATE INDEX customers_demo ON public.customers USING btree (tenant_id) WHERE demo;
CREATE INDEX customers_search ON public.customers USING gin (search_terms(tenant_id, name, phone_parts(phone))) WITH (fastupdate=off);

create table daily_alerts (
  tenant_id uuid not null,
  day date not null,
  subject uuid not null,
  name text not null,
  constraint daily_alerts_pkey PRIMARY KEY (tenant_id, day, subject, name),
  constraint daily_alerts_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenants(id) ON DELETE CASCADE
);

create table deferred_identity_changes (
  id bigint not null generated always as identity,
  tenant_id uuid not null,
  change jsonb not null,
  received_at timestamp with time zone not null default clock_timestamp(),
  constraint deferred_identity_changes_pkey PRIMARY KEY (id),
  constraint deferred_identity_changes_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenants(id) ON DELETE CASCADE
);

create table early_statuses (
  wa_message_id text not null,
  state text not null,
  meta_codes jsonb not null default '[]'::jsonb,
  pricing jsonb,
  received_at timestamp with time zone not null default clock_timestamp(),
  effect text,
  tenant_id uuid not null,
  constraint early_statuses_pkey PRIMARY KEY (tenant_id, wa_message_id),
  constraint early_statuses_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenants(id) ON DELETE CASCADE
);
CREATE INDEX early_statuses_received ON public.early_statuses USING btree (received_at);

create table exchanges (
  turn_id uuid not null,
  tenant_id uuid not null,
  calls jsonb not null,
  created_at timestamp with time zone not null default clock_timestamp(),
  constraint exchanges_pkey PRIMARY KEY (turn_id),
  constraint exchanges_turn_id_fkey FOREIGN KEY (turn_id) REFERENCES turns(id) ON DELETE CASCADE
);
CREATE INDEX exchanges_created ON public.exchanges USING btree (created_at);

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
  taken_at timestamp with time zone,
  due_at timestamp with time zone not null default (clock_timestamp() + '00:30:00'::interval),
  notices jsonb not null default '{}'::jsonb,
  told_at timestamp with time zone,
  away_told_at timestamp with time zone,
  reminders integer not null default 0,
  reminded_at timestamp with time zone,
  taken_by uuid,
  report_failures integer not null default 0,
  constraint handoffs_pkey PRIMARY KEY (id),
  constraint handoffs_conversation_id_fkey FOREIGN KEY (conversation_id) REFERENCES conversations(id) ON DELETE CASCADE,
  constraint handoffs_taken_by_fkey FOREIGN KEY (taken_by) REFERENCES operators(id) ON DELETE SET NULL,
  constraint handoffs_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenants(id) ON DELETE CASCADE,
  constraint handoffs_turn_id_fkey FOREIGN KEY (turn_id) REFERENCES turns(id) ON DELETE SET NULL
);
CREATE INDEX handoffs_closed ON public.handoffs USING btree (opened_at) WHERE (handed_back_at IS NOT NULL);
CREATE INDEX handoffs_conversation ON public.handoffs USING btree (conversation_id);
CREATE UNIQUE INDEX handoffs_open ON public.handoffs USING btree (conversation_id) WHERE (handed_back_at IS NULL);
CREATE INDEX handoffs_opened ON public.handoffs USING btree (opened_at);
CREATE INDEX handoffs_queue ON public.handoffs USING btree (tenant_id, opened_at, conversation_id) WHERE ((handed_back_at IS NULL) AND (taken_at IS NULL));
CREATE INDEX handoffs_turn ON public.handoffs USING btree (turn_id) WHERE (turn_id IS NOT NULL);
CREATE INDEX handoffs_waiting ON public.handoffs USING btree (due_at) WHERE ((handed_back_at IS NULL) AND (taken_at IS NULL) AND (told_at IS NULL));

create table hash_key (
  only_one boolean not null default true,
  key bytea not null,
  constraint hash_key_pkey PRIMARY KEY (only_one),
  constraint hash_key_only_one_check CHECK (only_one)
);

create table invitations (
  id uuid not null default gen_random_uuid(),
  token_hash bytea not null,
  tenant_id uuid not null,
  email text not null,
  role text not null,
  signs_in boolean not null default false,
  resets_password boolean not null default false,
  invited_by uuid,
  created_at timestamp with time zone not null default clock_timestamp(),
  expires_at timestamp with time zone not null,
  used_at timestamp with time zone,
  constraint invitations_pkey PRIMARY KEY (id),
  constraint invitations_token_hash_key UNIQUE (token_hash),
  constraint invitations_invited_by_fkey FOREIGN KEY (invited_by) REFERENCES operators(id) ON DELETE SET NULL,
  constraint invitations_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenants(id) ON DELETE CASCADE,
  constraint invitations_email_check CHECK ((email = lower(email))),
  constraint invitations_role_check CHECK ((role = ANY (ARRAY['owner'::text, 'agent'::text, 'viewer'::text])))
);
CREATE INDEX invitations_tenant ON public.invitations USING btree (tenant_id, created_at);

create table knowledge (
  id uuid not null default gen_random_uuid(),
  tenant_id uuid not null,
  slug text not null,
  language text not null,
  title text not null,
  body text not null,
  keywords text not null default ''::text,
  search tsvector not null generated always as (((setweight(to_tsvector(knowledge_config(language), knowledge_plain(title)), 'A'::"char") || setweight(to_tsvector(knowledge_config(language), knowledge_plain(keywords)), 'B'::"char")) || setweight(to_tsvector(knowledge_config(language), knowledge_plain(body)), 'D'::"char"))) stored,
  words text[] not null generated always as (tsvector_to_array(to_tsvector('simple'::regconfig, lower(regexp_replace(NORMALIZE(((((title || ' '::text) || keywords) || ' '::text) || body), NFD), '[\u0300-\u036f]'::text, ''::text, 'g'::text))))) stored,
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

create table memberships (
  tenant_id uuid not null,
  operator_id uuid not null,
  role text not null,
  created_at timestamp with time zone not null default clock_timestamp(),
  constraint memberships_pkey PRIMARY KEY (tenant_id, operator_id),
  constraint memberships_operator_id_fkey FOREIGN KEY (operator_id) REFERENCES operators(id) ON DELETE CASCADE,
  constraint memberships_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenants(id) ON DELETE CASCADE,
  constraint memberships_role_check CHECK ((role = ANY (ARRAY['owner'::text, 'agent'::text, 'viewer'::text])))
);
CREATE INDEX memberships_operator ON public.memberships USING btree (operator_id);

create table message_rates (
  tenant_id uuid not null,
  market text not null,
  category text not null,
  valid_from date not null,
  price_usd numeric(12,8) not null,
  changed_at timestamp with time zone not null default clock_timestamp(),
  constraint message_rates_pkey PRIMARY KEY (tenant_id, market, category, valid_from),
  constraint message_rates_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenants(id) ON DELETE CASCADE,
  constraint message_rates_category_check CHECK ((category = ANY (ARRAY['marketing'::text, 'utility'::text, 'authentication'::text, 'authentication_international'::text, 'service'::text]))),
  constraint message_rates_market_check CHECK ((market ~ '^([A-Z]{2}|[a-z_]{5,40})$'::text)),
  constraint message_rates_price_usd_check CHECK (((price_usd >= (0)::numeric) AND (price_usd <= (10)::numeric)))
);

create table message_words (
  message_id uuid not null,
  conversation_id uuid not null,
  created_at timestamp with time zone not null,
  words tsvector not null,
  constraint message_words_pkey PRIMARY KEY (message_id),
  constraint message_words_message_id_fkey FOREIGN KEY (message_id) REFERENCES messages(id) ON DELETE CASCADE
);
CREATE INDEX message_words_search ON public.message_words USING gin (words);

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
  ambiguous_sends integer not null default 0,
  confirmed_by text,
  meta_codes jsonb not null default '[]'::jsonb,
  pricing jsonb,
  sent_at timestamp with time zone not null,
  created_at timestamp with time zone not null default clock_timestamp(),
  updated_at timestamp with time zone not null default clock_timestamp(),
  about jsonb,
  reading text,
  opt text,
  operator_id uuid,
  constraint messages_pkey PRIMARY KEY (id),
  constraint messages_tenant_id_wa_message_id_key UNIQUE (tenant_id, wa_message_id),
  constraint messages_conversation_id_fkey FOREIGN KEY (conversation_id) REFERENCES conversations(id) ON DELETE CASCADE,
  constraint messages_operator_id_fkey FOREIGN KEY (operator_id) REFERENCES operators(id) ON DELETE SET NULL,
  constraint messages_turn_id_fkey FOREIGN KEY (turn_id) REFERENCES turns(id) ON DELETE SET NULL
);
CREATE INDEX messages_created ON public.messages USING btree (created_at);
CREATE INDEX messages_pending ON public.messages USING btree (conversation_id, seq) WHERE (seq IS NOT NULL);
CREATE INDEX messages_thread ON public.messages USING btree (conversation_id, created_at DESC, id DESC);
CREATE INDEX messages_turn ON public.messages USING btree (turn_id) WHERE (turn_id IS NOT NULL);
CREATE TRIGGER message_reworded AFTER UPDATE OF text, reading, conversation_id ON public.messages FOR EACH ROW EXECUTE FUNCTION queue_message();
CREATE TRIGGER messages_deleted AFTER DELETE ON public.messages REFERENCING OLD TABLE AS deleted FOR EACH STATEMENT EXECUTE FUNCTION expire_media_of_deleted();
CREATE TRIGGER messages_purged AFTER DELETE ON public.messages REFERENCING OLD TABLE AS deleted FOR EACH STATEMENT EXECUTE FUNCTION record_purged_messages();

create table messages_to_index (
  message_id uuid not null
);

create table metric_counters (
  tenant_id uuid not null,
  metric text not null,
  grain text not null,
  at timestamp with time zone not null,
  labels jsonb not null,
  source text not null,
  buckets smallint[] not null,
  counts bigint[] not null,
  constraint metric_counters_pkey PRIMARY KEY (tenant_id, metric, grain, at, labels),
  constraint metric_counters_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenants(id) ON DELETE CASCADE,
  constraint metric_counters_grain_check CHECK ((grain = ANY (ARRAY['minute'::text, 'hour'::text, 'day'::text])))
);
CREATE INDEX metric_counters_at ON public.metric_counters USING btree (grain, at);
CREATE TRIGGER metric_counters_added AFTER INSERT ON public.metric_counters REFERENCING NEW TABLE AS written FOR EACH STATEMENT EXECUTE FUNCTION add_days_to_totals();
CREATE TRIGGER metric_counters_changed AFTER UPDATE ON public.metric_counters REFERENCING OLD TABLE AS replaced NEW TABLE AS written FOR EACH STATEMENT EXECUTE FUNCTION add_days_to_totals();
CREATE TRIGGER metric_counters_deleted AFTER DELETE ON public.metric_counters REFERENCING OLD TABLE AS replaced FOR EACH STATEMENT EXECUTE FUNCTION add_days_to_totals();

create table metric_day_totals (
  tenant_id uuid not null,
  metric text not null,
  labels jsonb not null,
  buckets smallint[] not null,
  counts bigint[] not null,
  constraint metric_day_totals_pkey PRIMARY KEY (tenant_id, metric, labels),
  constraint metric_day_totals_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenants(id) ON DELETE CASCADE
);

create table metric_passes (
  name text not null,
  lag interval not null,
  through timestamp with time zone not null,
  ends_at timestamp with time zone,
  constraint metric_passes_pkey PRIMARY KEY (name)
);

create table notes (
  id uuid not null default gen_random_uuid(),
  tenant_id uuid not null,
  conversation_id uuid not null,
  operator_id uuid,
  text text not null,
  created_at timestamp with time zone not null default clock_timestamp(),
  constraint notes_pkey PRIMARY KEY (id),
  constraint notes_conversation_id_fkey FOREIGN KEY (conversation_id) REFERENCES conversations(id) ON DELETE CASCADE,
  constraint notes_operator_id_fkey FOREIGN KEY (operator_id) REFERENCES operators(id) ON DELETE SET NULL,
  constraint notes_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenants(id) ON DELETE CASCADE
);
CREATE INDEX notes_conversation ON public.notes USING btree (conversation_id, created_at);

create table operators (
  id uuid not null default gen_random_uuid(),
  email text not null,
  name text not null,
  password text,
  language text,
  created_at timestamp with time zone not null default clock_timestamp(),
  constraint operators_email_key UNIQUE (email),
  constraint operators_pkey PRIMARY KEY (id),
  constraint operators_email_check CHECK ((email = lower(email))),
  constraint operators_language_check CHECK ((language = ANY (ARRAY['es'::text, 'en'::text, 'pt'::text])))
);

create table playground_answers (
  id uuid not null default gen_random_uuid(),
  tenant_id uuid not null,
  operator_id uuid,
  model text,
  input_tokens integer not null default 0,
  output_tokens integer not null default 0,
  cost_usd numeric(12,8),
  errors jsonb not null default '[]'::jsonb,
  created_at timestamp with time zone not null default clock_timestamp(),
  constraint playground_answers_pkey PRIMARY KEY (id),
  constraint playground_answers_operator_id_fkey FOREIGN KEY (operator_id) REFERENCES operators(id) ON DELETE SET NULL,
  constraint playground_answers_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenants(id) ON DELETE CASCADE
);
CREATE INDEX playground_answers_created ON public.playground_answers USING btree (created_at);

create table presence (
  operator_id uuid not null,
  conversation_id uuid not null,
  tenant_id uuid not null,
  seen_until timestamp with time zone not null,
  typing_until timestamp with time zone,
  constraint presence_pkey PRIMARY KEY (operator_id, conversation_id),
  constraint presence_operator_id_fkey FOREIGN KEY (operator_id) REFERENCES operators(id) ON DELETE CASCADE,
  constraint presence_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenants(id) ON DELETE CASCADE
);
CREATE INDEX presence_conversation ON public.presence USING btree (conversation_id);

create table prompts (
  tenant_id uuid not null,
  key text not null,
  text text not null,
  created_at timestamp with time zone not null default clock_timestamp(),
  constraint prompts_pkey PRIMARY KEY (tenant_id, key),
  constraint prompts_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenants(id) ON DELETE CASCADE
);

create table purged_messages (
  tenant_id uuid not null,
  id_hash bytea not null,
  day date not null default ((clock_timestamp() AT TIME ZONE 'UTC'::text))::date,
  constraint purged_messages_pkey PRIMARY KEY (tenant_id, id_hash)
);
CREATE INDEX purged_messages_day ON public.purged_messages USING btree (day);

create table quick_replies (
  id uuid not null default gen_random_uuid(),
  tenant_id uuid not null,
  shortcut text not null,
  text text not null,
  language text,
  updated_at timestamp with time zone not null default clock_timestamp(),
  constraint quick_replies_pkey PRIMARY KEY (id),
  constraint quick_replies_tenant_id_shortcut_key UNIQUE (tenant_id, shortcut),
  constraint quick_replies_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenants(id) ON DELETE CASCADE,
  constraint quick_replies_language_check CHECK ((language = ANY (ARRAY['es'::text, 'en'::text, 'pt'::text])))
);

create table reminders (
  id uuid not null default gen_random_uuid(),
  tenant_id uuid not null,
  conversation_id uuid not null,
  act_id uuid not null,
  key text not null,
  starts_at timestamp with time zone not null,
  due_at timestamp with time zone not null,
  late_at timestamp with time zone not null,
  next_at timestamp with time zone not null,
  template text not null,
  language_code text not null,
  template_values jsonb not null,
  state text not null default 'waiting'::text,
  reason text,
  turn_id uuid,
  created_at timestamp with time zone not null default clock_timestamp(),
  cancelled_at timestamp with time zone,
  cancelled_by uuid,
  constraint reminders_conversation_id_key_key UNIQUE (conversation_id, key),
  constraint reminders_pkey PRIMARY KEY (id),
  constraint reminders_cancelled_by_fkey FOREIGN KEY (cancelled_by) REFERENCES operators(id) ON DELETE SET NULL,
  constraint reminders_conversation_id_fkey FOREIGN KEY (conversation_id) REFERENCES conversations(id) ON DELETE CASCADE,
  constraint reminders_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenants(id) ON DELETE CASCADE,
  constraint reminders_state_check CHECK ((state = ANY (ARRAY['waiting'::text, 'written'::text, 'missed'::text, 'failed'::text, 'cancelled'::text])))
);
CREATE INDEX reminders_by_time ON public.reminders USING btree (due_at) WHERE (state <> 'waiting'::text);
CREATE INDEX reminders_cancelled ON public.reminders USING btree (cancelled_by) WHERE (cancelled_by IS NOT NULL);
CREATE INDEX reminders_due ON public.reminders USING btree (next_at) WHERE (state = 'waiting'::text);
CREATE INDEX reminders_of_tenant ON public.reminders USING btree (tenant_id);

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

create table search_progress (
  single boolean not null default true,
  read_until timestamp with time zone not null,
  constraint search_progress_pkey PRIMARY KEY (single),
  constraint search_progress_single_check CHECK (single)
);

create table sessions (
  id uuid not null default gen_random_uuid(),
  token_hash bytea not null,
  operator_id uuid not null,
  device text not null,
  created_at timestamp with time zone not null default clock_timestamp(),
  seen_at timestamp with time zone not null default clock_timestamp(),
  idle_ends_at timestamp with time zone not null,
  ends_at timestamp with time zone not null,
  constraint sessions_pkey PRIMARY KEY (id),
  constraint sessions_token_hash_key UNIQUE (token_hash),
  constraint sessions_operator_id_fkey FOREIGN KEY (operator_id) REFERENCES operators(id) ON DELETE CASCADE
);
CREATE INDEX sessions_ends ON public.sessions USING btree (LEAST(idle_ends_at, ends_at));
CREATE INDEX sessions_operator ON public.sessions USING btree (operator_id);

create table single_alerts (
  tenant_id uuid not null,
  name text not null,
  created_at timestamp with time zone not null default clock_timestamp(),
  constraint single_alerts_pkey PRIMARY KEY (tenant_id, name),
  constraint single_alerts_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenants(id) ON DELETE CASCADE
);

create table suggestions (
  id uuid not null default gen_random_uuid(),
  tenant_id uuid not null,
  conversation_id uuid not null,
  operator_id uuid,
  model text,
  input_tokens integer not null default 0,
  output_tokens integer not null default 0,
  cost_usd numeric(12,8),
  errors jsonb not null default '[]'::jsonb,
  created_at timestamp with time zone not null default clock_timestamp(),
  constraint suggestions_pkey PRIMARY KEY (id),
  constraint suggestions_conversation_id_fkey FOREIGN KEY (conversation_id) REFERENCES conversations(id) ON DELETE CASCADE,
  constraint suggestions_operator_id_fkey FOREIGN KEY (operator_id) REFERENCES operators(id) ON DELETE SET NULL,
  constraint suggestions_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenants(id) ON DELETE CASCADE
);
CREATE INDEX suggestions_conversation ON public.suggestions USING btree (conversation_id);
CREATE INDEX suggestions_created ON public.suggestions USING btree (created_at);

create table tenants (
  id uuid not null default gen_random_uuid(),
  phone_number_id text not null,
  profile jsonb not null default '{"name": "our company", "tone": "friendly, clear and brief", "about": "a business that answers its customers here", "hours": "not published", "contact": "", "language": "en", "timeZone": "UTC"}'::jsonb,
  created_at timestamp with time zone not null default now(),
  throughput integer,
  settings jsonb not null default '{}'::jsonb,
  intents jsonb not null default '{}'::jsonb,
  version integer,
  tools jsonb not null default '[]'::jsonb,
  constraint tenants_phone_number_id_key UNIQUE (phone_number_id),
  constraint tenants_pkey PRIMARY KEY (id),
  constraint tenants_throughput_check CHECK ((throughput > 0))
);

create table throughput_shares (
  tenant_id uuid not null,
  share integer not null,
  free_at timestamp with time zone not null,
  constraint throughput_shares_pkey PRIMARY KEY (tenant_id, share),
  constraint throughput_shares_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenants(id) ON DELETE CASCADE
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
CREATE INDEX tool_calls_nothing_found ON public.tool_calls USING btree (created_at DESC) WHERE ((name = 'lookup'::text) AND ((output ->> 'error'::text) = 'nothing found'::text));
CREATE UNIQUE INDEX tool_calls_turn ON public.tool_calls USING btree (turn_id, idempotency_key);

create table tool_secrets (
  tenant_id uuid not null,
  name text not null,
  sealed text not null,
  set_at timestamp with time zone not null default clock_timestamp(),
  constraint tool_secrets_pkey PRIMARY KEY (tenant_id, name),
  constraint tool_secrets_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenants(id) ON DELETE CASCADE,
  constraint tool_secrets_name_check CHECK ((name ~ '^[A-Z][A-Z0-9_]{0,59}$'::text)),
  constraint tool_secrets_sealed_check CHECK ((sealed ~ '^v1\.[0-9a-f]{16}\.[A-Za-z0-9_-]{38,}$'::text))
);

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
  version integer,
  models jsonb,
  guess jsonb,
  cached_tokens integer not null default 0,
  model_choice text,
  constraint turns_pkey PRIMARY KEY (id),
  constraint turns_conversation_id_fkey FOREIGN KEY (conversation_id) REFERENCES conversations(id) ON DELETE CASCADE
);
CREATE INDEX turns_conversation ON public.turns USING btree (conversation_id, started_at DESC);
CREATE INDEX turns_dead ON public.turns USING btree (ended_at DESC) WHERE (state = 'dead'::text);
CREATE INDEX turns_open ON public.turns USING btree (conversation_id) WHERE (state = ANY (ARRAY['running'::text, 'drafted'::text]));
CREATE INDEX turns_started ON public.turns USING btree (started_at);

create table uploads (
  tenant_id uuid not null,
  media_id text not null,
  operator_id uuid,
  kind text not null,
  mime_type text not null,
  filename text,
  created_at timestamp with time zone not null default clock_timestamp(),
  constraint uploads_pkey PRIMARY KEY (tenant_id, media_id),
  constraint uploads_operator_id_fkey FOREIGN KEY (operator_id) REFERENCES operators(id) ON DELETE SET NULL,
  constraint uploads_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenants(id) ON DELETE CASCADE,
  constraint uploads_kind_check CHECK ((kind = ANY (ARRAY['image'::text, 'video'::text, 'audio'::text, 'document'::text])))
);

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

create table version_drafts (
  tenant_id uuid not null,
  operator_id uuid not null,
  based_on integer,
  revision integer not null,
  changes jsonb not null,
  updated_at timestamp with time zone not null default clock_timestamp(),
  constraint version_drafts_pkey PRIMARY KEY (tenant_id, operator_id),
  constraint version_drafts_operator_id_fkey FOREIGN KEY (operator_id) REFERENCES operators(id) ON DELETE CASCADE,
  constraint version_drafts_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenants(id) ON DELETE CASCADE
);

create table versions (
  tenant_id uuid not null,
  number integer not null,
  profile jsonb not null,
  intents jsonb not null,
  passages jsonb not null,
  note text not null,
  based_on integer,
  items jsonb not null,
  operator_id uuid,
  created_at timestamp with time zone not null default clock_timestamp(),
  live_at timestamp with time zone,
  tools jsonb not null default '[]'::jsonb,
  constraint versions_pkey PRIMARY KEY (tenant_id, number),
  constraint versions_operator_id_fkey FOREIGN KEY (operator_id) REFERENCES operators(id) ON DELETE SET NULL,
  constraint versions_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenants(id) ON DELETE CASCADE
);

create function act_json(p_act acts) returns json; -- db/functions/acts/act_json.sql
create function acts_json(p_conversation_id uuid) returns json; -- db/functions/acts/acts_json.sql
create function answer_act(p_act acts, p_answer text, p_message_id uuid, p_needs_approval boolean) returns acts; -- db/functions/acts/answer_act.sql
create function begin_act(p_begin jsonb) returns json; -- db/functions/acts/begin_act.sql
create function begin_attempt(p_act acts) returns acts; -- db/functions/acts/begin_attempt.sql
create function end_act(p_end jsonb) returns json; -- db/functions/acts/end_act.sql
create function propose_act(p_conversation conversations, p_turn_id uuid, p_act jsonb) returns void; -- db/functions/acts/propose_act.sql
create function save_act(p_act acts) returns void; -- db/functions/acts/save_act.sql
create function claim_alert_run(p_tenant_id uuid, p_name text, p_every interval, p_now timestamp with time zone) returns boolean; -- db/functions/alerts/claim_alert_run.sql
create function end_telling(p_tenant_id uuid, p_telling jsonb, p_delivered boolean, p_now timestamp with time zone) returns void; -- db/functions/alerts/end_telling.sql
create function guess_agreement(p_tenant_id uuid, p_from timestamp with time zone, p_to timestamp with time zone) returns jsonb; -- db/functions/alerts/guess_agreement.sql
create function list_alerts(p_tenant_id uuid, p_now timestamp with time zone) returns jsonb; -- db/functions/alerts/list_alerts.sql
create function standing_troubles(p_tenant_id uuid, p_all boolean) returns jsonb; -- db/functions/alerts/standing_troubles.sql
create function take_tellings(p_tenant_id uuid, p_now timestamp with time zone) returns jsonb; -- db/functions/alerts/take_tellings.sql
create function update_alerts(p_tenant_id uuid, p_found jsonb, p_checked text[], p_now timestamp with time zone) returns void; -- db/functions/alerts/update_alerts.sql
create function claim_json(p_conversation conversations, p_tenant tenants, p_customer customers, p_turn turns, p_pending json, p_unsent json DEFAULT '[]'::json, p_handoff json DEFAULT NULL::json) returns json; -- db/functions/claim/claim_json.sql
create function claim_turn(p_conversation_id uuid, p_turn_id uuid, p_lease_ms integer) returns json; -- db/functions/claim/claim_turn.sql
create function history_json(p_conversation conversations) returns json; -- db/functions/claim/history_json.sql
create function release_turn(p_turn_id uuid) returns void; -- db/functions/claim/release_turn.sql
create function resume_draft(INOUT p_conversation conversations, OUT o_draft turns, OUT o_unsent json, OUT o_handoff json, OUT o_counters text[]) returns record; -- db/functions/claim/resume_draft.sql
create function start_turn(p_conversation conversations, p_tenant tenants, p_customer customers, p_turn_id uuid, p_lease_ms integer, p_pending json, p_counters text[]) returns json; -- db/functions/claim/start_turn.sql
create function take_lease(p_conversation conversations, p_lease_ms integer, p_counters text[]) returns conversations; -- db/functions/claim/take_lease.sql
create function unsent_json(p_turn_id uuid, p_lease_expires_at timestamp with time zone) returns json; -- db/functions/claim/unsent_json.sql
create function accept_invitation(p_token_hash bytea, p_acceptance jsonb) returns text; -- db/functions/console/access/accept_invitation.sql
create function find_session(p_token_hash bytea) returns jsonb; -- db/functions/console/access/find_session.sql
create function start_session(p_operator_id uuid, p_session jsonb) returns void; -- db/functions/console/access/start_session.sql
create function assign_to_member(p_tenant_id uuid, p_conversation_id uuid, p_member_id uuid) returns jsonb; -- db/functions/console/acts/assign_to_member.sql
create function cancel_reminder(p_tenant_id uuid, p_operator_id uuid, p_conversation_id uuid, p_reminder_id uuid) returns jsonb; -- db/functions/console/acts/cancel_reminder.sql
create function close_conversation(p_tenant_id uuid, p_operator_id uuid, p_conversation_id uuid, p_questions jsonb) returns jsonb; -- db/functions/console/acts/close_conversation.sql
create function decide_act(p_tenant_id uuid, p_operator_id uuid, p_conversation_id uuid, p_act_id uuid, p_approve boolean) returns text; -- db/functions/console/acts/decide_act.sql
create function give_back_conversation(p_tenant_id uuid, p_operator_id uuid, p_conversation_id uuid, p_note text) returns jsonb; -- db/functions/console/acts/give_back_conversation.sql
create function give_conversation_to(p_conversation conversations, p_operator_id uuid) returns conversations; -- db/functions/console/acts/give_conversation_to.sql
create function lock_conversation(p_tenant_id uuid, p_conversation_id uuid) returns conversations; -- db/functions/console/acts/lock_conversation.sql
create function read_conversation(p_tenant_id uuid, p_operator_id uuid, p_conversation_id uuid) returns jsonb; -- db/functions/console/acts/read_conversation.sql
create function reopen_conversation(p_tenant_id uuid, p_conversation_id uuid) returns jsonb; -- db/functions/console/acts/reopen_conversation.sql
create function settle_act(p_tenant_id uuid, p_operator_id uuid, p_conversation_id uuid, p_act_id uuid, p_how text, p_note text) returns jsonb; -- db/functions/console/acts/settle_act.sql
create function snooze_conversation(p_tenant_id uuid, p_conversation_id uuid, p_until timestamp with time zone) returns jsonb; -- db/functions/console/acts/snooze_conversation.sql
create function tag_conversation(p_tenant_id uuid, p_conversation_id uuid, p_tags jsonb) returns jsonb; -- db/functions/console/acts/tag_conversation.sql
create function take_conversation(p_tenant_id uuid, p_operator_id uuid, p_conversation_id uuid, p_from uuid) returns jsonb; -- db/functions/console/acts/take_conversation.sql
create function taken_by_other(p_conversation conversations, p_operator_id uuid, p_outcome text) returns jsonb; -- db/functions/console/acts/taken_by_other.sql
create function unflag_conversation(p_tenant_id uuid, p_conversation_id uuid) returns jsonb; -- db/functions/console/acts/unflag_conversation.sql
create function write_note(p_tenant_id uuid, p_operator_id uuid, p_conversation_id uuid, p_note_id uuid, p_text text) returns jsonb; -- db/functions/console/acts/write_note.sql
create function purge_audit_log(p_horizon timestamp with time zone, p_limit integer) returns void; -- db/functions/console/audit/purge_audit_log.sql
create function record_audit(p_tenant_id uuid, p_line jsonb) returns void; -- db/functions/console/audit/record_audit.sql
create function refuse_audit_change() returns trigger; -- db/functions/console/audit/refuse_audit_change.sql
create function idle_conversations(p_limit integer) returns jsonb; -- db/functions/console/handover/idle_conversations.sql
create function operator_spoke_at(p_conversation_id uuid) returns timestamp with time zone; -- db/functions/console/handover/operator_spoke_at.sql
create function person_idle(p_conversation conversations, p_minutes integer, OUT o_why text, OUT o_since timestamp with time zone) returns record; -- db/functions/console/handover/person_idle.sql
create function report_again(p_handoff_ids uuid[]) returns void; -- db/functions/console/handover/report_again.sql
create function return_to_bot(p_order jsonb) returns jsonb; -- db/functions/console/handover/return_to_bot.sql
create function untaken_handoffs(p_limit integer) returns jsonb; -- db/functions/console/handover/untaken_handoffs.sql
create function conversation_row_json(p_conversation conversations, p_operator_id uuid) returns jsonb; -- db/functions/console/inbox/conversation_row_json.sql
create function counts_json(p_tenant_id uuid, p_operator_id uuid) returns jsonb; -- db/functions/console/inbox/counts_json.sql
create function epoch_ms(p_at timestamp with time zone) returns numeric; -- db/functions/console/inbox/epoch_ms.sql
create function from_microseconds(p_microseconds bigint) returns timestamp with time zone; -- db/functions/console/inbox/from_microseconds.sql
create function list_conversations(p_tenant_id uuid, p_operator_id uuid, p_list text, p_after_at timestamp with time zone, p_after_id uuid) returns jsonb; -- db/functions/console/inbox/list_conversations.sql
create function list_page_json(p_ids uuid[], p_places timestamp with time zone[], p_operator_id uuid) returns jsonb; -- db/functions/console/inbox/list_page_json.sql
create function list_tagged(p_tenant_id uuid, p_operator_id uuid, p_list text, p_tag text, p_after_at timestamp with time zone, p_after_id uuid) returns jsonb; -- db/functions/console/inbox/list_tagged.sql
create function list_tags(p_tenant_id uuid) returns text[]; -- db/functions/console/inbox/list_tags.sql
create function operator_json(p_operator_id uuid) returns jsonb; -- db/functions/console/inbox/operator_json.sql
create function queue_json(p_tenant_id uuid) returns jsonb; -- db/functions/console/inbox/queue_json.sql
create function unread_count(p_conversation_id uuid, p_operator_id uuid) returns integer; -- db/functions/console/inbox/unread_count.sql
create function conversation_basis(p_tenant_id uuid) returns jsonb; -- db/functions/console/insight/conversation_basis.sql
create function question_groups(p_tenant_id uuid, p_from timestamp with time zone, p_to timestamp with time zone, p_questions integer, p_groups integer) returns jsonb; -- db/functions/console/insight/question_groups.sql
create function unanswered_questions(p_tenant_id uuid, p_from timestamp with time zone, p_to timestamp with time zone, p_limit integer) returns TABLE(o_at timestamp with time zone, o_language text, o_question text, o_sound text); -- db/functions/console/insight/unanswered_questions.sql
create function changed_rows(p_tenant_id uuid, p_operators uuid[], p_since timestamp with time zone, p_version bigint) returns jsonb; -- db/functions/console/live/changed_rows.sql
create function changed_thread(p_tenant_id uuid, p_id uuid, p_version bigint) returns jsonb; -- db/functions/console/live/changed_thread.sql
create function console_changes(p_tenant_id uuid, p_asked jsonb) returns jsonb; -- db/functions/console/live/console_changes.sql
create function keep_presence(p_tenant_id uuid, p_present jsonb) returns void; -- db/functions/console/live/keep_presence.sql
create function live_sessions(p_tenant_id uuid, p_sessions jsonb) returns jsonb; -- db/functions/console/live/live_sessions.sql
create function row_version(p_xmin xid, p_near bigint) returns bigint; -- db/functions/console/live/row_version.sql
create function say_typing(p_tenant_id uuid, p_conversation_id uuid, p_operator_id uuid, p_typing boolean) returns boolean; -- db/functions/console/live/say_typing.sql
create function helper_costs(p_tenant_id uuid, p_from timestamp with time zone, p_to timestamp with time zone, p_step text) returns jsonb; -- db/functions/console/money/helper_costs.sql
create function import_rates(p_tenant_id uuid, p_rates jsonb, p_most integer) returns jsonb; -- db/functions/console/money/import_rates.sql
create function write_rate(p_tenant_id uuid, p_rate jsonb, p_most integer) returns text; -- db/functions/console/money/write_rate.sql
create function draft_as_operator(p_conversation conversations, p_send jsonb) returns conversations; -- db/functions/console/outbox/draft_as_operator.sql
create function make_way_for_operator(p_conversation conversations) returns conversations; -- db/functions/console/outbox/make_way_for_operator.sql
create function operator_waits(p_conversation_id uuid, p_turn_id uuid) returns boolean; -- db/functions/console/outbox/operator_waits.sql
create function refuse_to_send(p_conversation conversations, p_send jsonb) returns jsonb; -- db/functions/console/outbox/refuse_to_send.sql
create function send_as_operator(p_send jsonb) returns jsonb; -- db/functions/console/outbox/send_as_operator.sql
create function book_playground(p_tenant_id uuid, p_operator_id uuid, p_record jsonb) returns void; -- db/functions/console/playground/book_playground.sql
create function replay_json(p_tenant_id uuid, p_turn_id uuid) returns json; -- db/functions/console/playground/replay_json.sql
create function ratings_json(p_tenant_id uuid, p_days integer) returns jsonb; -- db/functions/console/ratings/ratings_json.sql
create function start_json(p_tenant_id uuid) returns jsonb; -- db/functions/console/ratings/start_json.sql
create function customer_query(p_tenant_id uuid, p_words text, p_phones jsonb) returns tsquery; -- db/functions/console/search/customer_query.sql
create function index_messages(p_limit integer) returns integer; -- db/functions/console/search/index_messages.sql
create function queue_message() returns trigger; -- db/functions/console/search/queue_message.sql
create function search_conversations(p_tenant_id uuid, p_operator_id uuid, p_words text, p_phones jsonb, p_after jsonb) returns jsonb; -- db/functions/console/search/search_conversations.sql
create function search_customers(p_tenant_id uuid, p_query tsquery) returns uuid[]; -- db/functions/console/search/search_customers.sql
create function search_hits(p_tenant_id uuid, p_query tsquery, p_before_at timestamp with time zone, p_before_id uuid, p_without uuid[], p_wanted integer) returns TABLE(o_id uuid, o_at timestamp with time zone, o_message_id uuid); -- db/functions/console/search/search_hits.sql
create function search_messages(p_query tsquery, p_most integer) returns jsonb; -- db/functions/console/search/search_messages.sql
create function search_query(p_tenant_id uuid, p_words text) returns tsquery; -- db/functions/console/search/search_query.sql
create function search_walk(p_tenant_id uuid, p_query tsquery, p_before_at timestamp with time zone, p_before_id uuid, p_without uuid[], p_wanted integer, p_budget integer) returns TABLE(o_id uuid, o_at timestamp with time zone, o_message_id uuid); -- db/functions/console/search/search_walk.sql
create function unindexed_messages(p_until timestamp with time zone, p_limit integer) returns SETOF messages; -- db/functions/console/search/unindexed_messages.sql
create function change_settings(p_tenant_id uuid, p_changes jsonb) returns jsonb; -- db/functions/console/settings/change_settings.sql
create function tenant_setting(p_settings jsonb, VARIADIC p_path text[]) returns jsonb; -- db/functions/console/settings/tenant_setting.sql
create function book_suggestion(p_tenant_id uuid, p_conversation_id uuid, p_operator_id uuid, p_record jsonb) returns void; -- db/functions/console/suggest/book_suggestion.sql
create function suggestion_claim(p_tenant_id uuid, p_conversation_id uuid) returns json; -- db/functions/console/suggest/suggestion_claim.sql
create function change_membership(p_tenant_id uuid, p_operator_id uuid, p_role text) returns text; -- db/functions/console/team/change_membership.sql
create function free_conversations(p_tenant_id uuid, p_operator_id uuid) returns void; -- db/functions/console/team/free_conversations.sql
create function invite_operator(p_tenant_id uuid, p_invitation jsonb) returns jsonb; -- db/functions/console/team/invite_operator.sql
create function conversation_state_json(p_conversation conversations) returns jsonb; -- db/functions/console/thread/conversation_state_json.sql
create function customer_panel_json(p_conversation conversations) returns jsonb; -- db/functions/console/thread/customer_panel_json.sql
create function handoff_json(p_handoff handoffs) returns jsonb; -- db/functions/console/thread/handoff_json.sql
create function note_json(p_note notes) returns jsonb; -- db/functions/console/thread/note_json.sql
create function older_messages(p_tenant_id uuid, p_id uuid, p_before uuid) returns jsonb; -- db/functions/console/thread/older_messages.sql
create function open_conversation(p_tenant_id uuid, p_operator_id uuid, p_id uuid) returns jsonb; -- db/functions/console/thread/open_conversation.sql
create function presence_json(p_tenant_id uuid, p_conversation_id uuid, p_operator_id uuid) returns jsonb; -- db/functions/console/thread/presence_json.sql
create function stream_position() returns text; -- db/functions/console/thread/stream_position.sql
create function thread_message_json(p_message messages) returns jsonb; -- db/functions/console/thread/thread_message_json.sql
create function thread_page_json(p_conversation_id uuid, p_before uuid) returns jsonb; -- db/functions/console/thread/thread_page_json.sql
create function thread_turn_json(p_turn turns) returns jsonb; -- db/functions/console/thread/thread_turn_json.sql
create function withheld_json(p_conversation conversations) returns jsonb; -- db/functions/console/thread/withheld_json.sql
create function turn_json(p_tenant_id uuid, p_turn_id uuid) returns jsonb; -- db/functions/console/turn/turn_json.sql
create function add_unread(p_conversation conversations, p_count integer, p_since timestamp with time zone) returns conversations; -- db/functions/conversations/add_unread.sql
create function assign_conversation(p_conversation conversations, p_status text, p_bot_resumes_at timestamp with time zone DEFAULT NULL::timestamp with time zone) returns conversations; -- db/functions/conversations/assign_conversation.sql
create function change_lease(p_conversation conversations, p_step text, p_ms integer DEFAULT NULL::integer) returns conversations; -- db/functions/conversations/change_lease.sql
create function give_to_operator(p_conversation conversations, p_operator_id uuid) returns conversations; -- db/functions/conversations/console/give_to_operator.sql
create function open_again(p_conversation conversations) returns conversations; -- db/functions/conversations/console/open_again.sql
create function set_bot_note(p_conversation conversations, p_note text) returns conversations; -- db/functions/conversations/console/set_bot_note.sql
create function set_closed(p_conversation conversations) returns conversations; -- db/functions/conversations/console/set_closed.sql
create function set_flagged(p_conversation conversations, p_flagged boolean) returns conversations; -- db/functions/conversations/console/set_flagged.sql
create function set_rated(p_conversation conversations, p_why_until timestamp with time zone DEFAULT NULL::timestamp with time zone) returns conversations; -- db/functions/conversations/console/set_rated.sql
create function set_snoozed(p_conversation conversations, p_until timestamp with time zone) returns conversations; -- db/functions/conversations/console/set_snoozed.sql
create function customer_wrote(p_conversation conversations, p_sent_at timestamp with time zone, p_standby boolean) returns conversations; -- db/functions/conversations/customer_wrote.sql
create function extend_window(p_conversation conversations, p_ends_at timestamp with time zone) returns conversations; -- db/functions/conversations/extend_window.sql
create function find_or_create_conversation(p_tenant_id uuid, p_customer_id uuid) returns conversations; -- db/functions/conversations/find_or_create_conversation.sql
create function is_leased(p_conversation conversations) returns boolean; -- db/functions/conversations/is_leased.sql
create function mark_answered(p_conversation conversations, p_through_seq bigint, p_since timestamp with time zone) returns conversations; -- db/functions/conversations/mark_answered.sql
create function message_json(p_message messages) returns jsonb; -- db/functions/conversations/message_json.sql
create function next_unread_ms() returns integer; -- db/functions/conversations/next_unread_ms.sql
create function note_activity(p_conversation conversations, p_at timestamp with time zone) returns conversations; -- db/functions/conversations/note_activity.sql
create function postpone_limit_notice(p_conversation conversations, p_until timestamp with time zone) returns conversations; -- db/functions/conversations/postpone_limit_notice.sql
create function quoted_json(p_message messages) returns jsonb; -- db/functions/conversations/quoted_json.sql
create function save_conversation(p_conversation conversations) returns void; -- db/functions/conversations/save_conversation.sql
create function stranded_conversations() returns integer; -- db/functions/conversations/stranded_conversations.sql
create function transcript_json(p_message messages) returns json; -- db/functions/conversations/transcript_json.sql
create function unread_conversations(p_limit integer) returns SETOF uuid; -- db/functions/conversations/unread_conversations.sql
create function window_json(p_conversation conversations) returns jsonb; -- db/functions/conversations/window_json.sql
create function raise_counters(p_tenant_id uuid, p_names text[]) returns void; -- db/functions/counters/raise_counters.sql
create function apply_deferred_identity_changes(p_limit integer) returns void; -- db/functions/customers/apply_deferred_identity_changes.sql
create function apply_opt(p_customer customers, p_conversation_id uuid, p_opt text, p_at timestamp with time zone) returns customers; -- db/functions/customers/apply_opt.sql
create function change_identity(p_tenant_id uuid, p_change jsonb) returns boolean; -- db/functions/customers/change_identity.sql
create function customer_json(p_customer customers) returns jsonb; -- db/functions/customers/customer_json.sql
create function delete_customers(p_customer_ids uuid[]) returns integer; -- db/functions/customers/delete_customers.sql
create function ensure_customer(p_tenant_id uuid, p_phones text[], p_wa_user_id text, p_name text) returns uuid; -- db/functions/customers/ensure_customer.sql
create function follows_identity_change(p_next jsonb, p_earlier jsonb) returns boolean; -- db/functions/customers/follows_identity_change.sql
create function has_opted_out(p_customer_id uuid) returns boolean; -- db/functions/customers/has_opted_out.sql
create function identity_hash(p_tenant_id uuid, p_kind text, p_identity text) returns bytea; -- db/functions/customers/identity_hash.sql
create function merge_console_records(p_kept conversations, p_joined conversations) returns conversations; -- db/functions/customers/merge_console_records.sql
create function merge_conversations(p_kept conversations, p_joined conversations) returns conversations; -- db/functions/customers/merge_conversations.sql
create function merge_customers(p_kept_id uuid, p_joined_id uuid) returns boolean; -- db/functions/customers/merge_customers.sql
create function opt_change(p_customer customers, p_opt text, p_sent_at timestamp with time zone) returns text; -- db/functions/customers/opt_change.sql
create function opt_out_in_turn(p_conversation conversations, p_message_id uuid) returns void; -- db/functions/customers/opt_out_in_turn.sql
create function phones_in(p_phones jsonb, p_phone text) returns text[]; -- db/functions/customers/phones_in.sql
create function remember_accepted_phone(p_customer_id uuid, p_parts jsonb) returns void; -- db/functions/customers/remember_accepted_phone.sql
create function restore_consents(p_customer customers, p_phones text[]) returns void; -- db/functions/customers/restore_consents.sql
create function tell_way_back(p_customer customers) returns customers; -- db/functions/customers/tell_way_back.sql
create function update_customer(p_customer customers, p_phones text[], p_wa_user_id text, p_name text) returns void; -- db/functions/customers/update_customer.sql
create function dead_letter(p_turn_id uuid) returns jsonb; -- db/functions/dead/dead_letter.sql
create function dead_letter_json(p_turn turns) returns jsonb; -- db/functions/dead/dead_letter_json.sql
create function dead_letters(p_limit integer) returns SETOF jsonb; -- db/functions/dead/dead_letters.sql
create function drop_dead_letter(p_turn_id uuid) returns jsonb; -- db/functions/dead/drop_dead_letter.sql
create function replay_dead_letter(p_turn_id uuid) returns jsonb; -- db/functions/dead/replay_dead_letter.sql
create function apply_failure(p_conversation_id uuid, p_effect text, p_through_seq bigint) returns jsonb; -- db/functions/delivery/apply_failure.sql
create function apply_failures(p_conversation_id uuid, p_effects text[], p_through_seq bigint) returns jsonb; -- db/functions/delivery/apply_failures.sql
create function delivery_rank(p_state text) returns integer; -- db/functions/delivery/delivery_rank.sql
create function draft_plain_form(p_message_id uuid) returns jsonb; -- db/functions/delivery/draft_plain_form.sql
create function draft_template(p_conversation conversations, p_template text, p_language_code text) returns void; -- db/functions/delivery/draft_template.sql
create function effects_of_report(p_message_id uuid, p_effect text) returns text[]; -- db/functions/delivery/effects_of_report.sql
create function moves_forward(p_old_state text, p_new_state text) returns boolean; -- db/functions/delivery/moves_forward.sql
create function reengage(p_conversation_id uuid, p_through_seq bigint) returns jsonb; -- db/functions/delivery/reengage.sql
create function report_undelivered(p_conversation conversations, p_meta_codes jsonb) returns jsonb; -- db/functions/delivery/report_undelivered.sql
create function draft_outcome(p_conversation conversations, p_draft jsonb) returns text; -- db/functions/draft/draft_outcome.sql
create function draft_reply(p_draft jsonb) returns jsonb; -- db/functions/draft/draft_reply.sql
create function insert_draft_parts(p_conversation conversations, p_turn_id uuid, p_state text, p_parts jsonb) returns void; -- db/functions/draft/insert_draft_parts.sql
create function keep_exchanges(p_tenant_id uuid, p_turn_id uuid, p_exchanges jsonb) returns void; -- db/functions/draft/keep_exchanges.sql
create function may_send(p_conversation conversations, p_turn_id uuid, p_through_seq bigint) returns boolean; -- db/functions/draft/may_send.sql
create function next_sent_at(p_conversation_id uuid) returns timestamp with time zone; -- db/functions/draft/next_sent_at.sql
create function record_work(p_conversation conversations, p_turn_id uuid, p_state text, p_draft jsonb) returns void; -- db/functions/draft/record_work.sql
create function withhold_draft(p_conversation conversations, p_turn_id uuid, p_through_seq bigint) returns void; -- db/functions/draft/withhold_draft.sql
create function withhold_waiting(p_conversation conversations, p_turn_id uuid) returns void; -- db/functions/draft/withhold_waiting.sql
create function after_turn(p_conversation conversations, p_finish jsonb, p_result text, p_answers boolean) returns conversations; -- db/functions/finish/after_turn.sql
create function confirm_turn(p_turn_id uuid) returns void; -- db/functions/finish/confirm_turn.sql
create function cover_messages(p_conversation conversations, p_turn_id uuid, p_through_seq bigint, p_result text) returns void; -- db/functions/finish/cover_messages.sql
create function end_turn(p_finish jsonb, p_state text) returns void; -- db/functions/finish/end_turn.sql
create function final_result(p_finish jsonb, p_turn_id uuid, OUT o_result text, OUT o_arrived boolean, OUT o_withheld boolean, OUT o_answers boolean) returns record; -- db/functions/finish/final_result.sql
create function finish_turn(p_finish jsonb) returns jsonb; -- db/functions/finish/finish_turn.sql
create function record_comparison(p_comparison jsonb) returns void; -- db/functions/finish/record_comparison.sql
create function record_turn(p_turn_id uuid, p_state text, p_record jsonb) returns void; -- db/functions/finish/record_turn.sql
create function call_operator(p_conversation conversations, p_reason text, p_summary text) returns jsonb; -- db/functions/handoffs/call_operator.sql
create function close_handoff(p_conversation_id uuid) returns void; -- db/functions/handoffs/close_handoff.sql
create function draft_notice(p_conversation conversations, p_notice jsonb) returns conversations; -- db/functions/handoffs/draft_notice.sql
create function end_waits(p_limit integer) returns jsonb; -- db/functions/handoffs/end_waits.sql
create function go_on_after_wait(p_conversation conversations) returns conversations; -- db/functions/handoffs/go_on_after_wait.sql
create function hand_back(p_conversation_id uuid) returns boolean; -- db/functions/handoffs/hand_back.sql
create function mark_taken(p_conversation_id uuid) returns void; -- db/functions/handoffs/mark_taken.sql
create function mark_taken_by(p_conversation_id uuid, p_operator_id uuid) returns void; -- db/functions/handoffs/mark_taken_by.sql
create function open_handoff(p_conversation conversations, p_turn_id uuid, p_reason text, p_summary text) returns boolean; -- db/functions/handoffs/open_handoff.sql
create function owner_after_handover(p_conversation_id uuid) returns text; -- db/functions/handoffs/owner_after_handover.sql
create function put_back_in_queue(p_conversation_id uuid) returns void; -- db/functions/handoffs/put_back_in_queue.sql
create function remind_companies(p_limit integer) returns jsonb; -- db/functions/handoffs/remind_companies.sql
create function request_person(p_conversation conversations, p_turn_id uuid, p_handoff jsonb) returns boolean; -- db/functions/handoffs/request_person.sql
create function take_over(p_conversation_id uuid, p_reason text, p_summary text) returns boolean; -- db/functions/handoffs/take_over.sql
create function tell_when_back(p_conversation conversations) returns conversations; -- db/functions/handoffs/tell_when_back.sql
create function knowledge_terms(p_tenant_id uuid, p_query text) returns SETOF text; -- db/functions/knowledge/knowledge_terms.sql
create function knowledge_words(p_query text) returns SETOF text; -- db/functions/knowledge/knowledge_words.sql
create function nearest_knowledge_word(p_tenant_id uuid, p_word text) returns text; -- db/functions/knowledge/nearest_knowledge_word.sql
create function nearest_passage_word(p_tenant_id uuid, p_trial jsonb, p_word text) returns text; -- db/functions/knowledge/nearest_passage_word.sql
create function passage_terms(p_tenant_id uuid, p_trial jsonb, p_query text) returns SETOF text; -- db/functions/knowledge/passage_terms.sql
create function word_sound(p_word text) returns text; -- db/functions/knowledge/word_sound.sql
create function due_media_files(p_limit integer) returns SETOF text; -- db/functions/media/due_media_files.sql
create function expire_media_of_deleted() returns trigger; -- db/functions/media/expire_media_of_deleted.sql
create function media_days(p_profile jsonb) returns integer; -- db/functions/media/media_days.sql
create function record_media_file(p_phone_number_id text, p_media_id text, p_mime_type text, p_path text) returns text; -- db/functions/media/record_media_file.sql
create function remove_media_files(p_paths jsonb) returns integer; -- db/functions/media/remove_media_files.sql
create function shorten_media_files() returns void; -- db/functions/media/shorten_media_files.sql
create function add_days_to_totals() returns trigger; -- db/functions/metrics/add_days_to_totals.sql
create function add_to_counter(p_tenant_id uuid, p_at timestamp with time zone, p_metric text, p_labels jsonb, p_bucket smallint, p_n bigint) returns void; -- db/functions/metrics/add_to_counter.sql
create function begin_passes(p_now timestamp with time zone) returns void; -- db/functions/metrics/begin_passes.sql
create function begin_rebuild(p_from timestamp with time zone, p_now timestamp with time zone) returns void; -- db/functions/metrics/begin_rebuild.sql
create function answered_cells(p_from timestamp with time zone, p_to timestamp with time zone, p_now timestamp with time zone) returns TABLE(o_tenant_id uuid, o_at timestamp with time zone, o_metric text, o_labels jsonb, o_bucket smallint, o_n bigint); -- db/functions/metrics/cells/answered_cells.sql
create function bounded_cells(p_grain text, p_from timestamp with time zone, p_to timestamp with time zone, p_now timestamp with time zone) returns TABLE(o_tenant_id uuid, o_source text, o_at timestamp with time zone, o_metric text, o_labels jsonb, o_bucket smallint, o_n bigint); -- db/functions/metrics/cells/bounded_cells.sql
create function calling_codes() returns jsonb; -- db/functions/metrics/cells/calling_codes.sql
create function conversation_began(p_conversation_id uuid, p_end timestamp with time zone) returns timestamp with time zone; -- db/functions/metrics/cells/conversation_began.sql
create function conversation_cells(p_from timestamp with time zone, p_to timestamp with time zone) returns TABLE(o_tenant_id uuid, o_at timestamp with time zone, o_metric text, o_labels jsonb, o_bucket smallint, o_n bigint); -- db/functions/metrics/cells/conversation_cells.sql
create function conversation_facts(p_conversation_id uuid, p_began timestamp with time zone, p_end timestamp with time zone) returns jsonb; -- db/functions/metrics/cells/conversation_facts.sql
create function counted_cells(p_grain text, p_from timestamp with time zone, p_to timestamp with time zone, p_now timestamp with time zone) returns TABLE(o_tenant_id uuid, o_source text, o_at timestamp with time zone, o_metric text, o_labels jsonb, o_bucket smallint, o_n bigint); -- db/functions/metrics/cells/counted_cells.sql
create function counted_rows(p_from timestamp with time zone, p_to timestamp with time zone, p_now timestamp with time zone) returns TABLE(o_tenant_id uuid, o_source text, o_at timestamp with time zone, o_metric text, o_labels jsonb, o_bucket smallint, o_n bigint); -- db/functions/metrics/cells/counted_rows.sql
create function finer_cells(p_grain text, p_from timestamp with time zone, p_to timestamp with time zone, p_now timestamp with time zone) returns TABLE(o_tenant_id uuid, o_source text, o_at timestamp with time zone, o_metric text, o_labels jsonb, o_bucket smallint, o_n bigint); -- db/functions/metrics/cells/finer_cells.sql
create function handoff_cells(p_from timestamp with time zone, p_to timestamp with time zone) returns TABLE(o_tenant_id uuid, o_source text, o_at timestamp with time zone, o_metric text, o_labels jsonb, o_bucket smallint, o_n bigint); -- db/functions/metrics/cells/handoff_cells.sql
create function is_said(p_message messages, p_rung text) returns boolean; -- db/functions/metrics/cells/is_said.sql
create function message_cells(p_from timestamp with time zone, p_to timestamp with time zone) returns TABLE(o_tenant_id uuid, o_at timestamp with time zone, o_metric text, o_labels jsonb, o_bucket smallint, o_n bigint); -- db/functions/metrics/cells/message_cells.sql
create function metric_bounds() returns double precision[]; -- db/functions/metrics/cells/metric_bounds.sql
create function metric_bucket(p_ms double precision) returns smallint; -- db/functions/metrics/cells/metric_bucket.sql
create function metric_duration(p_bucket smallint) returns double precision; -- db/functions/metrics/cells/metric_duration.sql
create function minutes_kept_from(p_now timestamp with time zone) returns timestamp with time zone; -- db/functions/metrics/cells/minutes_kept_from.sql
create function phone_country(p_phone text) returns text; -- db/functions/metrics/cells/phone_country.sql
create function turn_cells(p_from timestamp with time zone, p_to timestamp with time zone) returns TABLE(o_tenant_id uuid, o_at timestamp with time zone, o_metric text, o_labels jsonb, o_bucket smallint, o_n bigint); -- db/functions/metrics/cells/turn_cells.sql
create function count_anomalies(p_from timestamp with time zone, p_to timestamp with time zone) returns void; -- db/functions/metrics/count_anomalies.sql
create function merge_counts(p_buckets smallint[], p_counts bigint[], p_more smallint[], p_by bigint[], OUT o_buckets smallint[], OUT o_counts bigint[]) returns record; -- db/functions/metrics/merge_counts.sql
create function metric_label_sets() returns TABLE(o_metric text, o_labels text[]); -- db/functions/metrics/metric_label_sets.sql
create function metric_segments(p_from timestamp with time zone, p_to timestamp with time zone, p_step text) returns TABLE(o_grain text, o_from timestamp with time zone, o_to timestamp with time zone); -- db/functions/metrics/metric_segments.sql
create function metric_split(p_metric text, p_labels text[]) returns text; -- db/functions/metrics/metric_split.sql
create function metric_totals(p_asked jsonb) returns jsonb; -- db/functions/metrics/metric_totals.sql
create function purge_counters(p_limit integer) returns integer; -- db/functions/metrics/purge_counters.sql
create function read_counters(p_tenant_ids uuid[], p_selection jsonb) returns jsonb; -- db/functions/metrics/read_counters.sql
create function record_metric(p_tenant_id uuid, p_metric text, p_labels jsonb, p_ms double precision) returns void; -- db/functions/metrics/record_metric.sql
create function remove_demo(p_tenant_id uuid) returns integer; -- db/functions/metrics/remove_demo.sql
create function replace_counters(p_grain text, p_from timestamp with time zone, p_to timestamp with time zone, p_now timestamp with time zone) returns void; -- db/functions/metrics/replace_counters.sql
create function roll_up(p_rows integer, p_now timestamp with time zone DEFAULT clock_timestamp()) returns text; -- db/functions/metrics/roll_up.sql
create function slice_end(p_from timestamp with time zone, p_to timestamp with time zone, p_rows integer) returns timestamp with time zone; -- db/functions/metrics/slice_end.sql
create function sum_up(p_from timestamp with time zone, p_to timestamp with time zone, p_due timestamp with time zone, p_now timestamp with time zone) returns void; -- db/functions/metrics/sum_up.sql
create function worst_turns(p_tenant_id uuid, p_selection jsonb, p_limit integer) returns jsonb; -- db/functions/metrics/worst_turns.sql
create function pair_wait(p_free_at timestamp with time zone) returns interval; -- db/functions/rates/pair_wait.sql
create function reserve_inbound_throughput(p_messages jsonb) returns void; -- db/functions/rates/reserve_inbound_throughput.sql
create function reserve_pair_rate(p_conversation conversations, p_messages integer, p_from timestamp with time zone) returns conversations; -- db/functions/rates/reserve_pair_rate.sql
create function reserve_sends(p_conversation conversations, p_lease_ms integer, p_messages integer) returns integer; -- db/functions/rates/reserve_sends.sql
create function reserve_throughput(p_tenant_id uuid, p_throughput integer, p_messages bigint) returns timestamp with time zone; -- db/functions/rates/reserve_throughput.sql
create function end_silences(p_limit integer, p_questions jsonb) returns jsonb; -- db/functions/ratings/end_silences.sql
create function hear_message(p_conversation conversations, p_message messages, p_rating text, p_standby boolean) returns conversations; -- db/functions/ratings/hear_message.sql
create function rating_in(p_conversation conversations, p_type text, p_content jsonb, p_asks boolean) returns text; -- db/functions/ratings/rating_in.sql
create function reason_not_to_ask(p_conversation conversations, p_settings jsonb, p_served jsonb) returns text; -- db/functions/ratings/reason_not_to_ask.sql
create function request_rating(p_conversation conversations, p_cause text, p_questions jsonb) returns conversations; -- db/functions/ratings/request_rating.sql
create function served_json(p_conversation conversations) returns jsonb; -- db/functions/ratings/served_json.sql
create function take_rating(p_conversation conversations, p_kind text, p_content jsonb, p_text text) returns conversations; -- db/functions/ratings/take_rating.sql
create function answer_again(p_conversation conversations, p_content jsonb) returns conversations; -- db/functions/receive/answer_again.sql
create function apply_status(p_message_id uuid, p_wa_message_id text, p_status text, p_meta_codes jsonb, p_pricing jsonb) returns boolean; -- db/functions/receive/apply_status.sql
create function change_message(p_conversation_id uuid, p_type text, p_content jsonb) returns void; -- db/functions/receive/change_message.sql
create function customer_of_message(p_tenant_id uuid, p_phones text[], p_wa_user_id text, p_name text) returns customers; -- db/functions/receive/customer_of_message.sql
create function ensure_tenants(p_phone_number_ids jsonb) returns void; -- db/functions/receive/ensure_tenants.sql
create function is_over_limit(p_conversation_id uuid, p_sent_at timestamp with time zone, p_max integer, p_window_s integer) returns boolean; -- db/functions/receive/is_over_limit.sql
create function may_answer_us(p_conversation conversations, p_word text, p_quote_wa_message_id text) returns boolean; -- db/functions/receive/may_answer_us.sql
create function receive_account_events(p_events jsonb) returns jsonb; -- db/functions/receive/receive_account_events.sql
create function receive_events(p_batch jsonb) returns json; -- db/functions/receive/receive_events.sql
create function receive_from_sender(p_batch jsonb, p_tenant tenants, p_phones text[], p_wa_user_id text, p_name text, p_messages jsonb, OUT o_unread_id uuid, OUT o_claim json, OUT o_notice jsonb, OUT o_stored integer, OUT o_duplicates integer, OUT o_redelivered integer, OUT o_limited integer, OUT o_woken boolean) returns record; -- db/functions/receive/receive_from_sender.sql
create function receive_from_senders(p_batch jsonb, OUT o_unread_ids uuid[], OUT o_claim json, OUT o_notices jsonb, OUT o_stored integer, OUT o_duplicates integer, OUT o_limited integer, OUT o_not_ours integer, OUT o_redelivered_to uuid[], OUT o_woken uuid[], OUT o_has_throughput boolean) returns record; -- db/functions/receive/receive_from_senders.sql
create function receive_handover(p_conversation conversations, p_ours boolean) returns void; -- db/functions/receive/receive_handover.sql
create function receive_identity_change(p_tenant_id uuid, p_change jsonb) returns void; -- db/functions/receive/receive_identity_change.sql
create function receive_messages(INOUT p_conversation conversations, INOUT p_customer customers, p_messages jsonb, p_rate_limit jsonb, OUT o_pending json[], OUT o_stored integer, OUT o_duplicates integer, OUT o_redelivered integer, OUT o_limited integer, OUT o_limited_wait_s integer, OUT o_limited_text text) returns record; -- db/functions/receive/receive_messages.sql
create function receive_operator_echo(p_conversation conversations, p_echo jsonb, p_at timestamp with time zone, p_human_pause_s integer) returns void; -- db/functions/receive/receive_operator_echo.sql
create function receive_other_events(p_events jsonb, p_human_pause_s integer) returns jsonb; -- db/functions/receive/receive_other_events.sql
create function receive_preference(p_customer_id uuid, p_preference jsonb, p_at timestamp with time zone) returns void; -- db/functions/receive/receive_preference.sql
create function receive_statuses(p_statuses jsonb, OUT o_applied integer, OUT o_handoffs jsonb, OUT o_unread_ids uuid[]) returns record; -- db/functions/receive/receive_statuses.sql
create function receive_unread(p_conversation conversations) returns conversations; -- db/functions/receive/receive_unread.sql
create function set_throughputs(p_throughputs jsonb) returns void; -- db/functions/receive/set_throughputs.sql
create function draft_reminder(p_conversation conversations, p_reminder reminders, p_settle jsonb) returns conversations; -- db/functions/reminders/draft_reminder.sql
create function due_reminders(p_limit integer) returns jsonb; -- db/functions/reminders/due_reminders.sql
create function keep_reminder(p_act acts, p_reminder jsonb) returns void; -- db/functions/reminders/keep_reminder.sql
create function may_remind(p_conversation_id uuid, p_turn_id uuid) returns boolean; -- db/functions/reminders/may_remind.sql
create function settle_reminder(p_settle jsonb) returns text; -- db/functions/reminders/settle_reminder.sql
create function hand_back_idle(p_horizon timestamp with time zone, p_limit integer) returns void; -- db/functions/retention/hand_back_idle.sql
create function message_id_hash(p_wa_message_id text) returns bytea; -- db/functions/retention/message_id_hash.sql
create function purge_batch(p_days integer, p_limit integer) returns jsonb; -- db/functions/retention/purge_batch.sql
create function purge_console_records(p_horizon timestamp with time zone, p_limit integer) returns integer; -- db/functions/retention/purge_console_records.sql
create function purge_conversations(p_horizon timestamp with time zone, p_limit integer, OUT o_messages integer, OUT o_turns integer, OUT o_handoffs integer) returns record; -- db/functions/retention/purge_conversations.sql
create function purge_customers(p_horizon timestamp with time zone, p_limit integer) returns integer; -- db/functions/retention/purge_customers.sql
create function purge_exchanges(p_days integer, p_limit integer) returns integer; -- db/functions/retention/purge_exchanges.sql
create function purge_records(p_horizon timestamp with time zone, p_limit integer) returns jsonb; -- db/functions/retention/purge_records.sql
create function record_purged_messages() returns trigger; -- db/functions/retention/record_purged_messages.sql
create function was_purged(p_tenant_id uuid, p_wa_message_id text) returns boolean; -- db/functions/retention/was_purged.sql
create function apply_early_status(p_tenant_id uuid, p_wa_message_id text) returns text; -- db/functions/send/apply_early_status.sql
create function begin_resend(p_conversation_id uuid, p_epoch bigint, p_ids jsonb, p_lease_ms integer) returns jsonb; -- db/functions/send/begin_resend.sql
create function check_before_send(p_input jsonb) returns json; -- db/functions/send/check_before_send.sql
create function count_ambiguous_sends(p_ids uuid[]) returns text[]; -- db/functions/send/count_ambiguous_sends.sql
create function record_send(p_part jsonb) returns uuid; -- db/functions/send/record_send.sql
create function record_sends(p_parts jsonb) returns text[]; -- db/functions/send/record_sends.sql
create function redraft_part(p_part jsonb) returns jsonb; -- db/functions/send/redraft_part.sql
create function book_usage(p_conversation conversations, p_usage jsonb, p_repeat jsonb) returns conversations; -- db/functions/usage/book_usage.sql
create function count_repeat(p_conversation conversations, p_repeat jsonb) returns conversations; -- db/functions/usage/count_repeat.sql
create function first_alert_today(p_tenant_id uuid, p_subject uuid, p_name text) returns boolean; -- db/functions/usage/first_alert_today.sql
create function usage_json(p_conversation conversations) returns json; -- db/functions/usage/usage_json.sql
create function utc_today() returns date; -- db/functions/usage/utc_today.sql
create function apply_version(p_tenant_id uuid, p_number integer) returns void; -- db/functions/versions/apply_version.sql
create function draft_json(p_draft version_drafts) returns jsonb; -- db/functions/versions/draft_json.sql
create function keep_draft(p_tenant_id uuid, p_operator_id uuid, p_draft jsonb) returns jsonb; -- db/functions/versions/keep_draft.sql
create function keep_first_version(p_tenant tenants) returns tenants; -- db/functions/versions/keep_first_version.sql
create function load_company(p_phone_number_id text, p_version jsonb) returns uuid; -- db/functions/versions/load_company.sql
create function make_version_live(p_tenant_id uuid, p_number integer, p_expected integer) returns text; -- db/functions/versions/make_version_live.sql
create function passages_json(p_tenant_id uuid) returns jsonb; -- db/functions/versions/passages_json.sql
create function passages_of(p_tenant_id uuid, p_trial jsonb) returns SETOF knowledge; -- db/functions/versions/passages_of.sql
create function save_version(p_tenant_id uuid, p_version jsonb) returns jsonb; -- db/functions/versions/save_version.sql
create function knowledge_config(p_language text) returns regconfig; -- db/migrations/
create function knowledge_plain(p_text text) returns text; -- db/migrations/
create function phone_parts(p_phone text) returns text; -- db/migrations/
create function search_terms(p_tenant_id uuid, p_text text, p_more text) returns tsvector; -- db/migrations/
