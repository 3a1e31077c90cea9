-- Returns older messages of a conversation (StoredPage); null when the company has none of this id.
create or replace function older_messages(p_tenant_id uuid, p_id uuid, p_before uuid) returns jsonb language sql stable as $$
  select thread_page_json(id, p_before) from conversations where id = p_id and tenant_id = p_tenant_id
$$;
