-- Returns the milliseconds, at most a day, until an unread conversation that no process holds is to be resumed: 0 when one is due, null
-- when there is none. The times are those of unread_conversations. Locks nothing.
create or replace function next_unread_ms() returns integer language sql stable as $$
  select extract(epoch from greatest(due - clock_timestamp(), interval '0') * 1000)::integer
    from (select least(coalesce(lease_expires_at, retry_at, unread_since + interval '5 seconds'), clock_timestamp() + interval '1 day') as due
            from conversations
            where received_seq > answered_seq and coalesce(lease_expires_at <= clock_timestamp(), true)
              and coalesce(lease_expires_at, retry_at, unread_since) is not null
            order by due limit 1) next
$$;
