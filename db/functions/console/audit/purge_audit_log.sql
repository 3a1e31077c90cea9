-- Deletes at most `p_limit` lines of the audit log that are older than the horizon, of every company: the one way in which lines go while
-- their company stays. Locks those lines, skipping those that others have locked.
create or replace function purge_audit_log(p_horizon timestamptz, p_limit integer) returns void language plpgsql as $$
begin
  perform set_config('chasqui.purging', 'on', true);
  delete from audit_log where id = any (array(
    select id from audit_log where at < p_horizon order by id limit p_limit for update skip locked));
  perform set_config('chasqui.purging', 'off', true);
end $$;
