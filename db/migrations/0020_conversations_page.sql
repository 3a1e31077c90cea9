-- The page of conversations: questions for which the knowledge base had nothing, and what decides whether a conversation was contained.

-- For the newest questions without an answer; what is found again by it is as rare as they are.
create index tool_calls_nothing_found on tool_calls (created_at desc) where name = 'lookup' and output ->> 'error' = 'nothing found';

-- Conversations that have been counted already are counted once more, now with what decides it.
insert into metric_passes as p (name, lag, through, ends_at)
  select 'rebuild', '0', least(f.through, (select date_trunc('day', min(started_at), 'UTC') from turns)), f.through
    from metric_passes f where f.name = 'fresh' and exists (select from turns)
  on conflict (name) do update set through = least(p.through, excluded.through), ends_at = excluded.ends_at;
