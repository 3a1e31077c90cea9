-- Makes a version live: writes it where turns read it. A turn that is in progress goes on with what its claim has. The caller has locked the
-- tenant; this locks the version and passages.
create or replace function apply_version(p_tenant_id uuid, p_number integer) returns void language plpgsql as $$
declare
  v_version versions;
begin
  update versions set live_at = clock_timestamp() where tenant_id = p_tenant_id and number = p_number returning * into v_version;
  update tenants set profile = v_version.profile, intents = v_version.intents, tools = v_version.tools, version = p_number
    where id = p_tenant_id;
  delete from knowledge k where k.tenant_id = p_tenant_id
    and not exists (select from jsonb_to_recordset(v_version.passages) as p (slug text, language text)
                      where p.slug = k.slug and p.language = k.language);
  insert into knowledge as k (tenant_id, slug, language, title, body, keywords)
    select p_tenant_id, p.slug, p.language, p.title, p.body, p.keywords
      from jsonb_to_recordset(v_version.passages) as p (slug text, language text, title text, body text, keywords text)
    on conflict (tenant_id, slug, language) do update
      set title = excluded.title, body = excluded.body, keywords = excluded.keywords
      where (k.title, k.body, k.keywords) is distinct from (excluded.title, excluded.body, excluded.keywords);
end $$;
