-- Files that customers sent, kept outside of the database as long as the company wants.

-- Recorded before its file is put, so that whatever happens in between the purge deletes it. No foreign key: the row of a
-- company that is gone has to last until its file is gone too.
create table media_files (
  -- Unguessable, without anybody's number or name.
  path text primary key,
  tenant_id uuid not null,
  -- As Meta names it: `id` in the content of the message that it came with.
  media_id text not null,
  mime_type text not null,
  -- Null until the file is known to be there.
  bytes integer,
  stored_at timestamptz not null default now(),
  expires_at timestamptz not null,
  unique (tenant_id, media_id)
);
create index media_files_expires on media_files (expires_at);

-- Days that a company keeps files: `mediaDays` of its profile, 0 when it says nothing that makes sense.
create function media_days(profile jsonb) returns integer language sql immutable as $$
  select case when jsonb_typeof(profile -> 'mediaDays') = 'number'
    then least(greatest(floor((profile ->> 'mediaDays')::numeric), 0), 365)::integer else 0 end
$$;

-- Where the file is to be put; null when the company keeps none, or when it is there already.
create function record_media_file(p_phone_number_id text, p_media_id text, p_mime_type text, p_path text) returns text
language sql as $$
  insert into media_files as known (path, tenant_id, media_id, mime_type, stored_at, expires_at)
    select p_path, id, p_media_id, p_mime_type, now(), now() + make_interval(days => media_days(profile))
      from tenants where phone_number_id = p_phone_number_id and media_days(profile) > 0
    on conflict (tenant_id, media_id) do update
      set mime_type = excluded.mime_type, stored_at = excluded.stored_at, expires_at = excluded.expires_at
      where known.bytes is null
    returning path
$$;

-- A file goes when its message does, however the message goes.
create function expire_media_of_deleted() returns trigger language plpgsql as $$
begin
  -- Locked in the order of their paths, here as below, so that two purges never wait for each other.
  with orphaned as (
    select f.path from gone g join media_files f on f.tenant_id = g.tenant_id and f.media_id = g.content ->> 'id'
      where g.direction = 'in' and f.expires_at > clock_timestamp() order by f.path for update of f)
  update media_files f set expires_at = clock_timestamp() from orphaned where f.path = orphaned.path;
  return null;
end $$;
create trigger messages_deleted after delete on messages referencing old table as gone
  for each statement execute function expire_media_of_deleted();

-- What a company has shortened since, or that of a company that is gone. Nothing is ever kept longer than was said.
create function shorten_media_files() returns void language sql as $$
  with shorter as (
    select f.path, f.stored_at + make_interval(days => media_days(t.profile)) as until
      from media_files f left join tenants t on t.id = f.tenant_id
      where f.expires_at > f.stored_at + make_interval(days => media_days(t.profile))
      order by f.path for update of f)
  update media_files f set expires_at = shorter.until from shorter where f.path = shorter.path
$$;

-- Files to be deleted, longest due first; not those that may still be on their way.
create function due_media_files(p_limit integer) returns setof text language sql stable as $$
  select path from media_files
    where expires_at <= clock_timestamp() and stored_at < clock_timestamp() - interval '10 minutes'
    order by expires_at limit p_limit
$$;

create function forget_media_files(p_paths jsonb) returns integer language sql as $$
  with forgotten as (
    delete from media_files where path = any (array(
      select path from media_files where path in (select jsonb_array_elements_text(p_paths)) order by path for update))
    returning path)
  select count(*)::integer from forgotten
$$;
