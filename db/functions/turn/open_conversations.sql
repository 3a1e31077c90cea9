-- Conversations that wait for an answer and that nobody holds: each tenant's longest waiting first, the tenants by
-- turns. A conversation that just got news is left alone for a while: whoever stored it is about to claim it. A webhook, which
-- asks for a few, looks at no more than the hundred that have waited longest at each number: what stands before the others is held
-- or waits for its next try, for minutes. The cron, which asks for many, looks on until it has them, so that none is left out.
create or replace function open_conversations(p_limit integer) returns setof uuid language plpgsql stable
set plan_cache_mode = force_generic_plan as $$
begin
  return query
    with recursive waiting as (
      select (select tenant_id from conversations where received_seq > answered_seq order by tenant_id limit 1) as tenant
      union all
      select (select c.tenant_id from conversations c
                where c.received_seq > c.answered_seq and c.tenant_id > w.tenant order by c.tenant_id limit 1)
        from waiting w where w.tenant is not null)
    select free.id from waiting w
      cross join lateral (
        select oldest.id, oldest.since, row_number() over (order by oldest.since) as place
          from (
            select c.id, coalesce(c.open_since, 'infinity') as since, c.lease_expires_at, c.retry_at from conversations c
              where c.tenant_id = w.tenant and c.received_seq > c.answered_seq
              order by since limit case when p_limit < 10 then 100 end) oldest
          where case when oldest.lease_expires_at is not null then oldest.lease_expires_at
                     else coalesce(oldest.retry_at, oldest.since + interval '5 seconds') end <= clock_timestamp()
          order by oldest.since limit p_limit) free
      order by free.place, free.since limit p_limit;
end $$;
