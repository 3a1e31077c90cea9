-- Forgets files that are deleted; returns how many it knew.
create or replace function forget_media_files(p_paths jsonb) returns integer language sql as $$
  with forgotten as (
    delete from media_files where path = any (array(
      select path from media_files where path in (select jsonb_array_elements_text(p_paths)) order by path for update))
    returning path)
  select count(*)::integer from forgotten
$$;
