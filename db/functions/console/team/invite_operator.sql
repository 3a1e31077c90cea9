-- Stores an invitation (NewInvitation) to a company in place of an earlier one to the same address. Returns `invitationId` and `expiresAt`,
-- or why not as `refused`: `member` already, `not_member` (nobody whose password could be reset), `too_many` open ones. Locks the
-- company's row against other invitations, not against messages.
create or replace function invite_operator(p_tenant_id uuid, p_invitation jsonb) returns jsonb language plpgsql as $$
declare
  v_email text := p_invitation ->> 'email';
  v_resets boolean := coalesce((p_invitation ->> 'resetsPassword')::boolean, false);
  v_signs_in boolean := coalesce((p_invitation ->> 'signsIn')::boolean, false);
  v_is_member boolean;
  v_stored invitations;
begin
  perform from tenants where id = p_tenant_id for no key update;
  v_is_member := exists (select from memberships m join operators o on o.id = m.operator_id
                           where m.tenant_id = p_tenant_id and o.email = v_email);
  if v_is_member and not v_resets and not v_signs_in then return '{"refused": "member"}'; end if;
  if v_resets and not v_is_member then return '{"refused": "not_member"}'; end if;
  delete from invitations where tenant_id = p_tenant_id and email = v_email and used_at is null;
  if (select count(*) from invitations where tenant_id = p_tenant_id and used_at is null and expires_at > clock_timestamp()) >= 200 then
    return '{"refused": "too_many"}';
  end if;
  insert into invitations (token_hash, tenant_id, email, role, signs_in, resets_password, invited_by, expires_at)
    values (decode(p_invitation ->> 'tokenHash', 'hex'), p_tenant_id, v_email, p_invitation ->> 'role', v_signs_in, v_resets,
            (p_invitation ->> 'invitedBy')::uuid, clock_timestamp() + make_interval(hours => (p_invitation ->> 'hours')::integer))
    returning * into v_stored;
  return jsonb_build_object('invitationId', v_stored.id, 'expiresAt', round(extract(epoch from v_stored.expires_at) * 1000));
end $$;
