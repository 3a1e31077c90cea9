-- What Meta charges for one delivered message, by market and category, from a day on. It begins empty: owners enter or import Meta's own
-- rate card. A market is a country (its two letters) or a group of countries as Meta names it.

create table message_rates (
  tenant_id uuid not null references tenants (id) on delete cascade,
  market text not null check (market ~ '^([A-Z]{2}|[a-z_]{5,40})$'),
  category text not null check (category in ('marketing', 'utility', 'authentication', 'authentication_international', 'service')),
  valid_from date not null,
  price_usd numeric(12, 8) not null check (price_usd between 0 and 10),
  changed_at timestamptz not null default clock_timestamp(),
  primary key (tenant_id, market, category, valid_from)
);
