-- Trials of the bot in the console's playground: what they cost. No customer, no conversation and no words are kept of them.

create table playground_answers (
  id uuid primary key default gen_random_uuid(),
  tenant_id uuid not null references tenants (id) on delete cascade,
  operator_id uuid references operators (id) on delete set null,
  model text,
  input_tokens integer not null default 0,
  output_tokens integer not null default 0,
  cost_usd numeric(12, 8),
  errors jsonb not null default '[]',
  created_at timestamptz not null default clock_timestamp()
);
create index playground_answers_created on playground_answers (created_at);
