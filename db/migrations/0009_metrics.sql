-- Figures of the insight pages: counted behind the road, from rows that are there anyway.

create table metric_counters (
  tenant_id uuid not null references tenants (id) on delete cascade,
  metric text not null,
  grain text not null check (grain in ('minute', 'hour', 'day')),
  -- Beginning of the slot, in UTC.
  at timestamptz not null,
  labels jsonb not null,
  -- What it was counted from: slots of one source are counted together, and stay once its rows are gone.
  source text not null,
  -- Logarithmic buckets of durations (`metric_bucket`), 0 for counts, and how many are in each.
  buckets smallint[] not null,
  counts bigint[] not null,
  primary key (tenant_id, metric, grain, at, labels)
);
-- For the roll-up and the purge, which work over all companies.
create index metric_counters_at on metric_counters (grain, at);

-- Passes of the roll-up over the time line, each at its distance behind the clock, and how far it has come.
create table metric_passes (
  name text primary key,
  -- How old a minute is when this pass counts it.
  lag interval not null,
  through timestamptz not null,
  -- Of a rebuild: where it ends; null for those that follow the clock.
  ends_at timestamptz
);

-- What the roll-up reads by time.
create index handoffs_opened on handoffs (opened_at);
create index csat_created on csat (created_at);
