-- Alerts that a company gets once and for all, such as that a model ends. One short row for each.
create table single_alerts (
  tenant_id uuid not null references tenants on delete cascade,
  name text not null,
  created_at timestamptz not null default clock_timestamp(),
  primary key (tenant_id, name)
);
