-- Returns those of these sessions that have not ended and whose operator still belongs to the company.
create or replace function live_sessions(p_tenant_id uuid, p_sessions jsonb) returns jsonb language sql stable as $$
  select coalesce(jsonb_agg(s.id), '[]') from sessions s join memberships m on m.operator_id = s.operator_id and m.tenant_id = p_tenant_id
    where s.id in (select id::uuid from jsonb_array_elements_text(p_sessions) as own (id))
      and s.idle_ends_at > clock_timestamp() and s.ends_at > clock_timestamp()
$$;
