-- Trigger: a customer's file is deleted when its message is. Locks files in the order of their paths, as shorten_media_files does, so
-- that two purges never wait for each other.
create or replace function expire_media_of_deleted() returns trigger language plpgsql as $$
begin
  with orphaned as (
    select f.path from deleted d join media_files f on f.tenant_id = d.tenant_id and f.media_id = d.content ->> 'id'
      where d.direction = 'in' and f.expires_at > clock_timestamp() order by f.path for update of f)
  update media_files f set expires_at = clock_timestamp() from orphaned where f.path = orphaned.path;
  return null;
end $$;

create or replace trigger messages_deleted after delete on messages referencing old table as deleted
  for each statement execute function expire_media_of_deleted();
