-- Alerts: one row for each time that something was wrong, from when it was seen until it is over. Nothing of a customer is in them.
create table alerts (
  id uuid primary key default gen_random_uuid(),
  -- What concerns the whole deployment belongs to its first business number.
  tenant_id uuid not null references tenants on delete cascade,
  -- What it is about, e.g. `dependency:model`; open once at most.
  name text not null,
  rule text not null,
  severity text not null check (severity in ('page', 'ticket')),
  -- How bad it is; told again when it gets worse.
  stage smallint not null,
  facts jsonb not null,
  -- So long it must have been seen before it is told.
  hold interval not null,
  -- So long it must not have been seen before it is over.
  keep interval not null,
  opened_at timestamptz not null,
  seen_at timestamptz not null,
  recovered_at timestamptz,
  told_at timestamptz,
  told_stage smallint,
  recovery_told_at timestamptz,
  -- A process is telling it until then.
  telling_until timestamptz
);
create unique index alerts_open on alerts (tenant_id, name) where recovered_at is null;
create index alerts_recovered on alerts (tenant_id, recovered_at desc) where recovered_at is not null;

-- When the checks behind alerts ran last, so that one of many processes does them.
create table alert_runs (
  tenant_id uuid not null references tenants on delete cascade,
  name text not null,
  ran_at timestamptz not null,
  primary key (tenant_id, name)
);
