-- What models were sent and said in a turn: one row a turn, which goes with it. System prompts stand apart, once a week each.

create table prompts (
  tenant_id uuid not null references tenants (id) on delete cascade,
  -- Of the text and the week.
  key text not null,
  text text not null,
  created_at timestamptz not null default clock_timestamp(),
  primary key (tenant_id, key)
);

create table exchanges (
  turn_id uuid primary key references turns (id) on delete cascade,
  tenant_id uuid not null,
  -- Of Exchange, in order.
  calls jsonb not null,
  created_at timestamptz not null default clock_timestamp()
);
create index exchanges_created on exchanges (created_at);
