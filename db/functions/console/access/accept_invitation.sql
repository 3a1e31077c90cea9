-- Accepts an invitation, once: makes the operator and the membership where they are missing, stores a first or a new password
-- (`password`), and starts a session. Returns `accepted`; `gone` when it was used, withdrawn or has expired; `changed` when the operator's
-- password is not the one that was checked (`checked`). Locks the invitation, then the operator, then sessions.
create or replace function accept_invitation(p_token_hash bytea, p_acceptance jsonb) returns text language plpgsql as $$
declare
  v_invitation invitations;
  v_operator operators;
  v_password text := p_acceptance ->> 'password';
begin
  select * into v_invitation from invitations where token_hash = p_token_hash for update;
  if v_invitation.id is null or v_invitation.used_at is not null or v_invitation.expires_at <= clock_timestamp() then
    return 'gone';
  end if;
  insert into operators (email, name) values (v_invitation.email, p_acceptance ->> 'name') on conflict (email) do nothing;
  select * into v_operator from operators where email = v_invitation.email for update;
  if v_invitation.resets_password then
    if not exists (select from memberships where tenant_id = v_invitation.tenant_id and operator_id = v_operator.id) then
      return 'gone';
    end if;
    delete from sessions where operator_id = v_operator.id;
  elsif not v_invitation.signs_in and v_operator.password is distinct from p_acceptance ->> 'checked' then
    return 'changed';
  end if;
  if v_password is not null then
    update operators set password = v_password where id = v_operator.id;
  end if;
  insert into memberships (tenant_id, operator_id, role) values (v_invitation.tenant_id, v_operator.id, v_invitation.role)
    on conflict (tenant_id, operator_id) do nothing;
  update invitations set used_at = clock_timestamp() where id = v_invitation.id;
  perform start_session(v_operator.id, p_acceptance -> 'session');
  return 'accepted';
end $$;
