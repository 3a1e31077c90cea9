-- Returns the operator of a session that has not ended (SignedIn), by the hash of its token; null without one. A session that is used
-- goes on for another twelve hours, written at most once a minute: an open page asks
-- all the time. Locks that session at most.
create or replace function find_session(p_token_hash bytea) returns jsonb language plpgsql as $$
declare
  v_session sessions;
begin
  select * into v_session from sessions
    where token_hash = p_token_hash and idle_ends_at > clock_timestamp() and ends_at > clock_timestamp();
  if v_session.id is null then return null; end if;
  if v_session.seen_at < clock_timestamp() - interval '1 minute' then
    update sessions set seen_at = clock_timestamp(), idle_ends_at = clock_timestamp() + interval '12 hours' where id = v_session.id;
  end if;
  return (
    select jsonb_build_object('sessionId', v_session.id, 'operatorId', o.id, 'email', o.email, 'name', o.name, 'language', o.language,
      'memberships', coalesce((
        select jsonb_agg(jsonb_build_object('tenantId', t.id, 'company', t.profile ->> 'name', 'language', t.profile ->> 'language',
                                            'role', m.role) order by t.created_at)
          from memberships m join tenants t on t.id = m.tenant_id where m.operator_id = o.id), '[]'))
      from operators o where o.id = v_session.operator_id);
end $$;
