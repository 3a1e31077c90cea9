-- Returns a company's live passages in the order in which versions have them. Locks nothing.
create or replace function passages_json(p_tenant_id uuid) returns jsonb language sql stable as $$
  select coalesce(jsonb_agg(jsonb_build_object('slug', slug, 'language', language, 'title', title, 'body', body, 'keywords', keywords)
      order by language collate "C", slug collate "C"), '[]')
    from knowledge where tenant_id = p_tenant_id
$$;
