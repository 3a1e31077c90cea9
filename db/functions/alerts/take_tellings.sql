-- Returns what has to be told of a company's alerts, and keeps it for the caller for a minute: new ones, those that got worse, a reminder of
-- open ones (after a day, tickets after a week), and what is over, if it was told. Locks those alerts, and skips what another process is telling.
create or replace function take_tellings(p_tenant_id uuid, p_now timestamptz) returns jsonb language plpgsql as $$
declare
  v_tellings jsonb;
begin
  with due as (
    select a.id, case when a.recovered_at is not null then 'recovered' when a.told_at is null then 'opened'
                      when a.stage > a.told_stage then 'worse' else 'reminder' end as kind
      from alerts a
      where a.tenant_id = p_tenant_id and coalesce(a.telling_until <= clock_timestamp(), true)
        and case when a.recovered_at is not null then a.told_at is not null and a.recovery_told_at is null and a.recovered_at > p_now - interval '1 day'
                 when a.told_at is null then a.seen_at >= a.opened_at + a.hold
                 else a.stage > a.told_stage or a.told_at <= p_now - case a.severity when 'page' then interval '1 day' else interval '7 days' end end
      order by a.opened_at limit 20 for update skip locked),
  taken as (
    update alerts a set telling_until = clock_timestamp() + interval '1 minute' from due where a.id = due.id and a.tenant_id = p_tenant_id
      returning a.id, due.kind, a.name, a.rule, a.severity, a.stage, a.facts, epoch_ms(a.opened_at) as "openedMs", epoch_ms(a.recovered_at) as "recoveredMs")
  select coalesce(jsonb_agg(to_jsonb(taken) order by taken."openedMs"), '[]') into v_tellings from taken;
  return v_tellings;
end $$;
