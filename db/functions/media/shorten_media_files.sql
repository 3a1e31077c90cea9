-- Brings files' expiry forward when their company has shortened `mediaDays` or is gone; never extends it. Locks them in the order of
-- their paths.
create or replace function shorten_media_files() returns void language sql as $$
  with shorter as (
    select f.path, f.stored_at + make_interval(days => media_days(t.profile)) as until
      from media_files f left join tenants t on t.id = f.tenant_id
      where f.expires_at > f.stored_at + make_interval(days => media_days(t.profile))
      order by f.path for update of f)
  update media_files f set expires_at = shorter.until from shorter where f.path = shorter.path
$$;
