-- Returns the ratings of a company's last days (CsatSummary): how many were asked and answered, how often each score, the average by who
-- served, intent and operator, and why others were not asked. Locks nothing.
create or replace function ratings_json(p_tenant_id uuid, p_days integer) returns jsonb language sql stable as $$
  with lately as materialized (
    select r.*, o.name as operator from csat r left join operators o on o.id = r.operator_id
      where r.tenant_id = p_tenant_id and r.created_at > clock_timestamp() - make_interval(days => p_days)),
  grouped as (
    select g.kind, g.name, count(*) as answered, avg(r.score) as average
      from lately r, lateral (values ('served_by', r.served_by), ('intent', r.intent), ('operator', r.operator)) g (kind, name)
      where r.score is not null and g.name is not null group by g.kind, g.name)
  select jsonb_build_object(
    'days', p_days,
    'asked', (select count(*) from lately where not_asked is null),
    'answered', (select count(score) from lately),
    'scores', (select jsonb_agg((select count(*) from lately where score = s) order by s) from generate_series(1, 5) s),
    'groups', coalesce((select jsonb_agg(jsonb_build_object('by', kind, 'name', name, 'answered', answered, 'average', round(average, 2))
                                         order by kind, answered desc, name) from grouped), '[]'),
    'notAsked', coalesce((select jsonb_agg(jsonb_build_object('reason', not_asked, 'count', n) order by n desc, not_asked)
      from (select not_asked, count(*) as n from lately where not_asked is not null group by not_asked) x), '[]'))
$$;
