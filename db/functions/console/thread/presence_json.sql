-- Returns who of the team looks at a conversation now, without the one who asks (Presence[]).
create or replace function presence_json(p_tenant_id uuid, p_conversation_id uuid, p_operator_id uuid) returns jsonb language sql stable as $$
  select coalesce(jsonb_agg(jsonb_build_object('operator', operator_json(operator_id),
      'typing', coalesce(typing_until > clock_timestamp(), false)) order by operator_id), '[]')
    from presence
    where tenant_id = p_tenant_id and conversation_id = p_conversation_id and operator_id is distinct from p_operator_id
      and seen_until > clock_timestamp()
$$;
