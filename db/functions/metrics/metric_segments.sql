-- Returns the coarsest slots that make up a span of time, for slots of `p_step` or one sum (null): whole days that are over, hours where no day
-- fits, minutes at the edges. Minutes are kept for nine days and hours for 400: an older edge reaches to the whole hour, or day, around it. Locks nothing.
create or replace function metric_segments(p_from timestamptz, p_to timestamptz, p_step text)
returns table (o_grain text, o_from timestamptz, o_to timestamptz) language sql stable as $$
  with edges as (
    select date_trunc(case when p_from < clock_timestamp() - interval '400 days' then 'day'
                           when p_from < clock_timestamp() - interval '9 days' then 'hour' else 'minute' end, p_from, 'UTC') as first,
           case when p_to < clock_timestamp() - interval '400 days' then date_trunc('day', p_to + interval '24 hours -1 ms', 'UTC')
                when p_to < clock_timestamp() - interval '9 days' then date_trunc('hour', p_to + interval '60 minutes -1 ms', 'UTC')
                else date_trunc('minute', p_to + interval '60 seconds -1 ms', 'UTC') end as last),
  hour as (
    select *, case p_step when 'minute' then last else least(last, date_trunc('hour', first + interval '59 minutes', 'UTC')) end as first_hour
      from edges),
  hours as (select *, greatest(first_hour, date_trunc('hour', last, 'UTC')) as last_hour from hour),
  day as (
    select *, case when p_step in ('minute', 'hour') then last_hour
                   -- A span within one hour ends before the hour does, and its day may have begun before it.
                   else greatest(first_hour, least(last_hour, date_trunc('day', first_hour + interval '23 hours', 'UTC'))) end as first_day
      from hours),
  days as (
    select *, greatest(first_day, date_trunc('day', least(last_hour, (select through from metric_passes where name = 'fresh')), 'UTC')) as last_day
      from day)
  select s.grain, s.begins, s.ends
    from days, lateral (values ('minute', first, first_hour), ('hour', first_hour, first_day), ('day', first_day, last_day),
                               ('hour', last_day, last_hour), ('minute', last_hour, last)) s (grain, begins, ends)
    where s.begins < s.ends
$$;
