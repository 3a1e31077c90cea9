-- Records a file before it is uploaded; returns its path, or null when the company keeps no files or has this one already.
-- Locks the file's row.
create or replace function record_media_file(p_phone_number_id text, p_media_id text, p_mime_type text, p_path text) returns text
language sql as $$
  insert into media_files as known (path, tenant_id, media_id, mime_type, stored_at, expires_at)
    select p_path, id, p_media_id, p_mime_type, now(), now() + make_interval(days => media_days(profile))
      from tenants where phone_number_id = p_phone_number_id and media_days(profile) > 0
    on conflict (tenant_id, media_id) do update
      set mime_type = excluded.mime_type, stored_at = excluded.stored_at, expires_at = excluded.expires_at
      where known.bytes is null
    returning path
$$;
