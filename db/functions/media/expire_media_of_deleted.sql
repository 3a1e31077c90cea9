-- A file goes when its message does, however the message goes.
create or replace function expire_media_of_deleted() returns trigger language plpgsql as $$
begin
  -- Locked in the order of their paths, here as in shorten_media_files, so that two purges never wait for each other.
  with orphaned as (
    select f.path from gone g join media_files f on f.tenant_id = g.tenant_id and f.media_id = g.content ->> 'id'
      where g.direction = 'in' and f.expires_at > clock_timestamp() order by f.path for update of f)
  update media_files f set expires_at = clock_timestamp() from orphaned where f.path = orphaned.path;
  return null;
end $$;

create or replace trigger messages_deleted after delete on messages referencing old table as gone
  for each statement execute function expire_media_of_deleted();
