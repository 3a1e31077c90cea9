-- The purge takes old news of the account along.
alter function purge_batch(integer, integer) rename to purge_conversations;

create function purge_batch(p_days integer, p_limit integer) returns jsonb language plpgsql as $$
declare
  purged jsonb := purge_conversations(p_days, p_limit);
  v_events integer;
begin
  delete from platform_events where id = any (array(
    select id from platform_events where received_at < clock_timestamp() - greatest(make_interval(days => p_days), interval '8 days')
      order by received_at limit p_limit for update skip locked));
  get diagnostics v_events = row_count;
  return purged || jsonb_build_object('platformEvents', v_events);
end $$;
