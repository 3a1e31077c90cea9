-- Returns what is counted of the turns that began in a span of whole minutes and have ended, by the minute of their beginning, which never
-- changes. What an operator or a job wrote is sent as a turn too, but is none of the bot's. Locks nothing.
create or replace function turn_cells(p_from timestamptz, p_to timestamptz)
returns table (o_tenant_id uuid, o_at timestamptz, o_metric text, o_labels jsonb, o_bucket smallint, o_n bigint) language sql stable as $$
  with ended as materialized (
    select id, tenant_id, date_trunc('minute', started_at, 'UTC') as at, stages_ms, intent, intent_model, reply_model, rung, language, decided_by,
           -- Whatever became of a dead letter later.
           case when state in ('replayed', 'dropped') then 'dead' else state end as result,
           input_tokens, output_tokens, cached_tokens, cost_usd, errors, version::text as version
      from turns
      where started_at >= p_from and started_at < p_to and ended_at is not null and state not in ('running', 'drafted')
        and coalesce(rung, 'full') not in ('operator', 'notice', 'template', 'plain_form'))
  select tenant_id, at, 'rows', '{"source": "turns"}'::jsonb, 0::smallint, count(*) from ended group by 1, 2
  union all
  select tenant_id, at, 'turns', jsonb_strip_nulls(jsonb_build_object('intent', intent, 'model', reply_model, 'rung', rung, 'language', language,
         'decided_by', decided_by, 'result', result, 'version', version)), 0::smallint, count(*)
    from ended group by tenant_id, at, intent, reply_model, rung, language, decided_by, result, version
  union all
  select tenant_id, at, d.metric, jsonb_strip_nulls(jsonb_build_object('intent', intent, 'model', d.model, 'rung', rung)), metric_bucket(d.ms), count(*)
    from ended, lateral (values ('intent', (stages_ms ->> 'classify')::float8, intent_model), ('reply', (stages_ms ->> 'respond')::float8, reply_model),
                                ('wait', (stages_ms ->> 'wait')::float8, reply_model)) d (metric, ms, model)
    where d.ms is not null group by tenant_id, at, d.metric, intent, d.model, rung, metric_bucket(d.ms)
  union all
  select tenant_id, at, case s.key when 'ack' then 'webhook' else 'stage' end,
         case s.key when 'ack' then '{}' else jsonb_build_object('stage', s.key) end, metric_bucket(s.value::float8), count(*)
    from ended, jsonb_each_text(stages_ms) s where s.key <> 'wait' group by tenant_id, at, s.key, metric_bucket(s.value::float8)
  union all
  select tenant_id, at, d.metric, jsonb_strip_nulls(jsonb_build_object('intent', intent, 'model', reply_model, 'version', d.version)), 0::smallint,
         sum(d.n)::bigint
    from ended, lateral (values ('tokens_in', input_tokens::numeric, null), ('tokens_out', output_tokens, null),
                                ('tokens_cached', cached_tokens, null),
                                ('cost_nano_usd', round(cost_usd * 1e9), version)) d (metric, n, version)
    where d.n > 0 group by tenant_id, at, d.metric, intent, reply_model, d.version
  union all
  select tenant_id, at, 'unpriced', jsonb_build_object('model', coalesce(reply_model, intent_model)), 0::smallint, count(*)
    from ended where cost_usd is null and coalesce(reply_model, intent_model) is not null group by tenant_id, at, coalesce(reply_model, intent_model)
  union all
  select tenant_id, at, 'errors', jsonb_build_object('code', left(e.code, 64)), 0::smallint, count(*)
    from ended, jsonb_array_elements_text(errors) e (code) group by tenant_id, at, left(e.code, 64)
  union all
  select e.tenant_id, e.at, 'tool', jsonb_build_object('tool', left(c.name, 64), 'result', case when c.failed then 'failed' else 'ok' end),
         metric_bucket(c.ms), count(*)
    from ended e join tool_calls c on c.turn_id = e.id group by e.tenant_id, e.at, left(c.name, 64), c.failed, metric_bucket(c.ms)
$$;
