-- Removes the records of files that are deleted; returns how many there were. Locks them in the order of their paths.
create or replace function remove_media_files(p_paths jsonb) returns integer language sql as $$
  with removed as (
    delete from media_files where path = any (array(
      select path from media_files where path in (select jsonb_array_elements_text(p_paths)) order by path for update))
    returning path)
  select count(*)::integer from removed
$$;
