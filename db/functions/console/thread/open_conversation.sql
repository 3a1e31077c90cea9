-- Returns an open conversation with all around it (StoredView) as an operator sees it; null when the company has none of this id.
create or replace function open_conversation(p_tenant_id uuid, p_operator_id uuid, p_id uuid) returns jsonb language sql stable as $$
  select thread_page_json(c.id, null) || conversation_state_json(c) || jsonb_build_object(
      'row', conversation_row_json(c, p_operator_id), 'presence', presence_json(p_tenant_id, c.id, p_operator_id), 'eventId', stream_position())
    from conversations c where c.id = p_id and c.tenant_id = p_tenant_id
$$;
