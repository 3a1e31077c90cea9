-- Acts: what a tool would change, asked of the customer and done once when they have confirmed it (docs/effects.md).
create table acts (
  id uuid primary key,
  tenant_id uuid not null references tenants (id) on delete cascade,
  conversation_id uuid not null references conversations (id) on delete cascade,
  customer_id uuid not null references customers (id) on delete cascade,
  -- The turn that proposed it, the message with its buttons and the message that answered it: each may be purged before the act is.
  turn_id uuid not null,
  message_id uuid not null,
  answered_by uuid,
  tool text not null,
  -- The tool's declaration as it was when the customer was asked, with the input.
  declared jsonb not null,
  input jsonb not null,
  question text not null,
  language text not null,
  state text not null default 'proposed' check (state in (
    'proposed', 'awaiting_approval', 'confirmed', 'executing', 'executed', 'failed', 'unknown', 'expired', 'cancelled')),
  -- Why it is cancelled, or how its last call ended.
  code text,
  -- The same in every call.
  idempotency_key text not null,
  attempts smallint not null default 0,
  answer jsonb,
  created_at timestamptz not null default clock_timestamp(),
  expires_at timestamptz not null,
  confirmed_at timestamptz,
  attempted_at timestamptz,
  ended_at timestamptz,
  -- When a reply that says how it ended was written.
  told_at timestamptz,
  -- Of an act that an operator must approve.
  decided_by uuid references operators (id) on delete set null,
  decided_at timestamptz,
  unique (tenant_id, idempotency_key)
);
create index acts_of_conversation on acts (conversation_id, created_at desc);
create index acts_of_customer on acts (customer_id);
create index acts_by_time on acts (created_at);
create index acts_for_people on acts (tenant_id, created_at desc) where state in ('awaiting_approval', 'confirmed', 'executing', 'failed', 'unknown');
create index acts_decided on acts (decided_by) where decided_by is not null;
