-- A handoff that nobody takes: how long the customer waits, what they are told, and how often the company is reminded.
alter table handoffs
  -- When an operator took it, or answered.
  add column taken_at timestamptz,
  -- When the customer has waited long enough, within opening hours.
  add column due_at timestamptz not null default clock_timestamp() + interval '30 minutes',
  -- What the customer is told, composed when it was opened (HandoffNotices).
  add column notices jsonb not null default '{}',
  -- The wait is over: the customer was told so, if Meta's window was open, and the bot goes on.
  add column told_at timestamptz,
  -- The customer wrote outside opening hours, and was told when people are back.
  add column away_told_at timestamptz,
  add column reminders integer not null default 0,
  add column reminded_at timestamptz;
update handoffs set due_at = opened_at + interval '30 minutes';
-- Whoever waited before this release is left to the operators who know of it.
update handoffs set taken_at = opened_at where handed_back_at is null
  and (reason in ('answered_from_phone', 'taken_over') or opened_at < clock_timestamp() - interval '7 days'
       or exists (select from messages m where m.conversation_id = handoffs.conversation_id and m.author = 'operator'
                    and m.created_at >= handoffs.opened_at));
create index handoffs_waiting on handoffs (due_at) where handed_back_at is null and taken_at is null and told_at is null;
