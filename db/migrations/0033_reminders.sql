-- Reminders of appointments: templates that are sent some time before what an act has arranged (docs/effects.md).
create table reminders (
  id uuid primary key default gen_random_uuid(),
  tenant_id uuid not null references tenants (id) on delete cascade,
  conversation_id uuid not null references conversations (id) on delete cascade,
  -- The act that arranged it, which may be purged before.
  act_id uuid not null,
  -- What names the appointment in the company's system.
  key text not null,
  starts_at timestamptz not null,
  due_at timestamptz not null,
  -- Not sent from then on.
  late_at timestamptz not null,
  -- When it is looked at next.
  next_at timestamptz not null,
  template text not null,
  language_code text not null,
  template_values jsonb not null,
  -- `written`: a message to be sent; what became of that is told by the message.
  state text not null default 'waiting' check (state in ('waiting', 'written', 'missed', 'failed')),
  -- Why it was not sent, or waits.
  reason text,
  -- The turn that sends it.
  turn_id uuid,
  created_at timestamptz not null default clock_timestamp(),
  unique (conversation_id, key)
);
create index reminders_due on reminders (next_at) where state = 'waiting';
create index reminders_of_tenant on reminders (tenant_id);
create index reminders_by_time on reminders (due_at) where state <> 'waiting';
