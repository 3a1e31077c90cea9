-- Versions of what a company says: its profile, its own words for intents, its passages. The live one stands in `tenants` and `knowledge`,
-- where turns read it.

alter table tenants
  -- Own prompts and examples by intent; what is absent is as shipped.
  add column intents jsonb not null default '{}',
  -- Number of the version that is live; null: none was ever saved.
  add column version integer;

alter table turns
  -- The version that was live when the turn began.
  add column version integer;

-- Nothing is changed here but `live_at`: each is what it was when it was saved.
create table versions (
  tenant_id uuid not null references tenants (id) on delete cascade,
  -- Counts from 1 in each company.
  number integer not null,
  profile jsonb not null,
  intents jsonb not null,
  passages jsonb not null,
  note text not null,
  -- The version that was changed, and the names of what was changed in it.
  based_on integer,
  items jsonb not null,
  -- Null for a company folder, and for what was there before versions were kept.
  operator_id uuid references operators (id) on delete set null,
  created_at timestamptz not null default clock_timestamp(),
  live_at timestamptz,
  primary key (tenant_id, number)
);

-- What operators have changed and not saved, one draft each.
create table version_drafts (
  tenant_id uuid not null references tenants (id) on delete cascade,
  operator_id uuid not null references operators (id) on delete cascade,
  based_on integer,
  revision integer not null,
  changes jsonb not null,
  updated_at timestamptz not null default clock_timestamp(),
  primary key (tenant_id, operator_id)
);
