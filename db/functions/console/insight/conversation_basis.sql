-- Returns what the figures of a company's conversations are reckoned by: its time zone, its settings as stored, and through when it is known
-- whether customers wrote again (the last pass of the roll-up). Locks nothing.
create or replace function conversation_basis(p_tenant_id uuid) returns jsonb language sql stable as $$
  select jsonb_build_object('timeZone', profile ->> 'timeZone', 'settings', settings, 'decidedMs', coalesce((
      select epoch_ms(through) from metric_passes where name = 'week'), 0))
    from tenants where id = p_tenant_id
$$;
