-- Returns one setting of a company, or a part of one, from its `tenants.settings`: `tenant_setting(settings, 'csat', 'enabled')`. What the
-- owner has not chosen has its default of lib/console/settings/settings.ts. Locks nothing.
create or replace function tenant_setting(p_settings jsonb, variadic p_path text[]) returns jsonb language sql immutable as $$
  select (d.defaults || p_settings || jsonb_build_object('csat', d.defaults -> 'csat' || coalesce(p_settings -> 'csat', '{}'),
            'containment', d.defaults -> 'containment' || coalesce(p_settings -> 'containment', '{}'))) #> p_path
    from (select jsonb_build_object(
      'waitTargetMin', 10, 'returnAfterMin', 240, 'reportAfterMin', 15,
      'csat', jsonb_build_object('enabled', true, 'askEveryDays', 30, 'silentAfterMin', 60),
      'containment', jsonb_build_object('withoutHandoff', true, 'withoutOperator', true, 'lowScore', 2, 'quietHours', null)) as defaults) d
$$;
