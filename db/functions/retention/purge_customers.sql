-- Deletes customers who have nothing left and from whom nothing has come since the horizon; returns how many. Locks each conversation
-- and its customer, skipping those that others have locked, and then looks again: the first look may be older than the lock.
create or replace function purge_customers(p_horizon timestamptz, p_limit integer) returns integer language plpgsql as $$
declare
  v_idle_ids uuid[];
begin
  v_idle_ids := array(
    select u.id from conversations c join customers u on u.id = c.customer_id
      where coalesce(c.window_ends_at, c.created_at) < p_horizon
        and greatest(u.created_at, u.opt_changed_at, u.no_marketing_at) < p_horizon
        and c.status <> 'human' and c.received_seq <= c.answered_seq and coalesce(c.lease_expires_at < clock_timestamp(), true)
        and (select true from messages where conversation_id = c.id limit 1) is null
        and (select true from turns where conversation_id = c.id limit 1) is null
        and (select true from handoffs where conversation_id = c.id limit 1) is null
        and (select true from notes where conversation_id = c.id limit 1) is null
        and (select true from reminders where conversation_id = c.id and state = 'waiting' limit 1) is null
      order by coalesce(c.window_ends_at, c.created_at) limit p_limit for update of c, u skip locked);
  return delete_customers(array(
    select customer_id from conversations c
      where customer_id = any (v_idle_ids)
        and (select true from messages where conversation_id = c.id limit 1) is null
        and (select true from turns where conversation_id = c.id limit 1) is null
        and (select true from handoffs where conversation_id = c.id limit 1) is null
        and (select true from notes where conversation_id = c.id limit 1) is null
        and (select true from reminders where conversation_id = c.id and state = 'waiting' limit 1) is null));
end $$;
