-- What a person did about an act that failed or whose result nobody knew, and reminders that a person has cancelled (docs/effects.md).
alter table acts
  add column settled_at timestamptz,
  add column settled_by uuid references operators (id) on delete set null,
  -- `by_hand`: they did it in the company's system; `was_done`: it had been done; `dropped`: it is not to be done any more.
  add column settled_how text check (settled_how in ('by_hand', 'was_done', 'dropped')),
  add column settled_note text;
create index acts_settled on acts (settled_by) where settled_by is not null;

alter table reminders
  drop constraint reminders_state_check,
  add constraint reminders_state_check check (state in ('waiting', 'written', 'missed', 'failed', 'cancelled')),
  add column cancelled_at timestamptz,
  add column cancelled_by uuid references operators (id) on delete set null;
create index reminders_cancelled on reminders (cancelled_by) where cancelled_by is not null;
