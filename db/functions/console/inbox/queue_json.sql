-- Returns what is open at this moment with a company, each at most 1000 (Queue): who waits for a person, whom the bot has not answered yet, of
-- these the stranded, who have waited for over two minutes, and dead letters. Locks nothing.
create or replace function queue_json(p_tenant_id uuid) returns jsonb language sql stable as $$
  select jsonb_build_object(
    'waiting', w.count, 'waitingSince', w.since,
    'unread', u.count, 'unreadSince', u.since, 'stranded', u.stranded,
    'withPerson', (select count(*) from (
      select from conversations where tenant_id = p_tenant_id and status = 'human' and closed_at is null limit 1000) held),
    'dead', (select count(*) from (select from turns where tenant_id = p_tenant_id and state = 'dead' limit 1000) dead))
    from (
      select count(*), epoch_ms(min(opened_at)) as since from (
        select h.opened_at from handoffs h join conversations c on c.id = h.conversation_id
          where h.tenant_id = p_tenant_id and h.handed_back_at is null and h.taken_at is null and c.closed_at is null
          order by h.opened_at limit 1000) opened) w,
      (select count(*), epoch_ms(min(unread_since)) as since,
              count(*) filter (where unread_since < clock_timestamp() - interval '2 minutes') as stranded from (
        select unread_since from conversations where tenant_id = p_tenant_id and received_seq > answered_seq
          order by coalesce(unread_since, 'infinity') limit 1000) unread) u
$$;
