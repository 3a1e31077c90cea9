-- Returns the tags of a company's conversations, each once, in order; at most 500. Steps from tag to tag in the index of tags.
create or replace function list_tags(p_tenant_id uuid) returns text[] language sql stable as $$
  with recursive tags as (
    (select tag, 1 as place from conversation_tags where tenant_id = p_tenant_id order by tag limit 1)
    union all
    select next.tag, tags.place + 1 from tags cross join lateral (
      select tag from conversation_tags where tenant_id = p_tenant_id and tag > tags.tag order by tag limit 1) next
      where tags.place < 500)
  select coalesce(array_agg(tag order by tag), '{}') from tags
$$;
