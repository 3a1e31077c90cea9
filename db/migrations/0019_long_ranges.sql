-- Durations get bounds at round limits. What was counted from rows is counted anew, with hours and days by single labels; checks of
-- dependencies, which leave no rows, keep their counters, with the buckets that they would have now.
delete from metric_counters where source not in ('health', 'anomalies');
delete from metric_passes;
update metric_counters set buckets = array(
    select (bucket + (
        select count(*) from unnest(array[
            5, 10, 25, 50, 100, 200, 300, 500, 750, 1000, 1500, 2000, 2500, 3000, 4000, 5000, 7500, 10000, 15000, 30000, 60000, 120000, 300000,
            600000, 1800000, 3600000, 7200000, 14400000, 28800000, 86400000, 259200000, 604800000]) bound
          where bound <= 1.02::float8 ^ (bucket - 1)))::smallint
      from unnest(buckets) with ordinality u (bucket, place) order by place)
  where metric = 'health';
