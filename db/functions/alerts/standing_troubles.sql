-- Returns what of a company waits for somebody: dead letters and stranded customers, each at most 1000; the last word of Meta on the quality of
-- the number and on each template, where it is bad; what its models cost today and this month (UTC). Of events without a number, those of
-- `p_all`. Locks nothing.
create or replace function standing_troubles(p_tenant_id uuid, p_all boolean) returns jsonb language sql stable as $$
  with dead as (select from turns where state = 'dead' and tenant_id = p_tenant_id limit 1000),
  stranded as (
    select from conversations where received_seq > answered_seq and tenant_id = p_tenant_id and unread_since < clock_timestamp() - interval '2 minutes' limit 1000),
  said as (
    select distinct on (field, about) field, event, severity, about
      from account_events e, coalesce(e.detail ->> 'message_template_name', '') about
      where (e.tenant_id = p_tenant_id or e.tenant_id is null and p_all) and e.received_at > clock_timestamp() - interval '28 days'
        and e.field in ('phone_number_quality_update', 'message_template_quality_update', 'message_template_status_update')
      order by field, about, happened_at desc, id desc),
  spent as (
    select coalesce(sum(usd) filter (where day = utc_today()), 0) as today, coalesce(sum(usd), 0) as month
      from usage where tenant_id = p_tenant_id and day >= date_trunc('month', utc_today()::timestamp)::date)
  select jsonb_build_object('dead', (select count(*) from dead), 'stranded', (select count(*) from stranded),
    'usdToday', spent.today, 'usdMonth', spent.month,
    'account', (select coalesce(jsonb_agg(jsonb_build_object('field', field, 'event', left(event, 100), 'severity', severity, 'about', left(about, 100))
                                          order by field, about), '[]')
                  from said where severity <> 'info'))
    from spent
$$;
