-- Tools that a company declares as data: versioned with its profile, intents and passages, and read with each claim.
alter table tenants add column tools jsonb not null default '[]';
alter table versions add column tools jsonb not null default '[]';
