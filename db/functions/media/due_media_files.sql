-- Returns paths of files to delete, longest due first, without those that may still be uploading. Locks nothing.
create or replace function due_media_files(p_limit integer) returns setof text language sql stable as $$
  select path from media_files
    where expires_at <= clock_timestamp() and stored_at < clock_timestamp() - interval '10 minutes'
    order by expires_at limit p_limit
$$;
