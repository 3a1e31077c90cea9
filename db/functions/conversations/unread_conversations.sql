-- Returns unread conversations that no process holds: the tenants take turns, each with its longest waiting first. A conversation that
-- has just received a message is left to the process that stored it for five seconds. With a small limit, as asked by a webhook, only
-- the hundred that have waited longest at each number are looked at: those before the others are held, or wait minutes for their next
-- attempt. With a larger one, as asked by the cron, all are. Locks nothing.
create or replace function unread_conversations(p_limit integer) returns setof uuid language plpgsql stable
set plan_cache_mode = force_generic_plan as $$
begin
  return query
    with recursive waiting as (
      select (select tenant_id from conversations where received_seq > answered_seq order by tenant_id limit 1) as tenant_id
      union all
      select (select c.tenant_id from conversations c
                where c.received_seq > c.answered_seq and c.tenant_id > w.tenant_id order by c.tenant_id limit 1)
        from waiting w where w.tenant_id is not null)
    select free.id from waiting w
      cross join lateral (
        select oldest.id, oldest.since, row_number() over (order by oldest.since) as place
          from (
            select c.id, coalesce(c.unread_since, 'infinity') as since, c.lease_expires_at, c.retry_at from conversations c
              where c.tenant_id = w.tenant_id and c.received_seq > c.answered_seq
              order by since limit case when p_limit < 10 then 100 end) oldest
          where case when oldest.lease_expires_at is not null then oldest.lease_expires_at
                     else coalesce(oldest.retry_at, oldest.since + interval '5 seconds') end <= clock_timestamp()
          order by oldest.since limit p_limit) free
      order by free.place, free.since limit p_limit;
end $$;
