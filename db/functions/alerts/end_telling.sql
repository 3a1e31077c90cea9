-- Notes that an alert was told, or that it could not be: then the next run tries again. Locks the alert.
create or replace function end_telling(p_tenant_id uuid, p_telling jsonb, p_delivered boolean, p_now timestamptz) returns void language sql as $$
  update alerts set telling_until = null,
      recovery_told_at = case when p_delivered and p_telling ->> 'kind' = 'recovered' then p_now else recovery_told_at end,
      told_at = case when p_delivered and p_telling ->> 'kind' <> 'recovered' then p_now else told_at end,
      told_stage = case when p_delivered then greatest(told_stage, (p_telling ->> 'stage')::smallint) else told_stage end
    where id = (p_telling ->> 'id')::uuid and tenant_id = p_tenant_id
$$;
