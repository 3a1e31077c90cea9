-- People of whom nothing is left and from whom nothing came since the horizon. Everybody has a conversation, and whoever stores a
-- message holds its row: it is locked first, and then looked at again, because the first look may be older than the lock.
create or replace function purge_people(p_horizon timestamptz, p_limit integer) returns integer language plpgsql as $$
declare
  v_people uuid[];
begin
  v_people := array(
    select u.id from conversations c join users u on u.id = c.user_id
      where coalesce(c.window_ends_at, c.created_at) < p_horizon
        and greatest(u.created_at, u.opt_changed_at, u.no_marketing_at) < p_horizon
        and c.status <> 'human' and c.received_seq <= c.answered_seq and coalesce(c.lease_expires_at < clock_timestamp(), true)
        and (select true from messages where conversation_id = c.id limit 1) is null
        and (select true from turns where conversation_id = c.id limit 1) is null
        and (select true from handoffs where conversation_id = c.id limit 1) is null
      order by coalesce(c.window_ends_at, c.created_at) limit p_limit for update of c, u skip locked);
  return forget_people(array(
    select user_id from conversations c
      where user_id = any (v_people)
        and (select true from messages where conversation_id = c.id limit 1) is null
        and (select true from turns where conversation_id = c.id limit 1) is null
        and (select true from handoffs where conversation_id = c.id limit 1) is null));
end $$;
