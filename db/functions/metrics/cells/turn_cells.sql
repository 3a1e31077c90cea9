-- Returns what is counted of the turns that began in a span of whole minutes and have ended, by the minute of their beginning, which never
-- changes. What an operator or a job wrote is sent as a turn too, but is none of the bot's. Locks nothing.
create or replace function turn_cells(p_from timestamptz, p_to timestamptz)
returns table (o_tenant_id uuid, o_at timestamptz, o_metric text, o_labels jsonb, o_bucket smallint, o_n bigint) language sql stable as $$
  with ended as materialized (
    select id, tenant_id, date_trunc('minute', started_at, 'UTC') as at, stages_ms, intent, intent_model, reply_model, rung, language, decided_by,
           -- Whatever became of a dead letter later.
           case when state in ('replayed', 'dropped') then 'dead' else state end as result,
           errors, version::text as version,
           -- A release that kept the sums alone has written the turn: they stand with the model of the reply.
           coalesce(models, jsonb_build_array(jsonb_build_object('model', coalesce(reply_model, intent_model), 'inputTokens', input_tokens,
             'cachedTokens', cached_tokens, 'outputTokens', output_tokens, 'costUsd', cost_usd))) as models
      from turns
      where started_at >= p_from and started_at < p_to and ended_at is not null and state not in ('running', 'drafted')
        and coalesce(rung, 'full') not in ('operator', 'notice', 'template', 'reminder', 'plain_form')),
  used as materialized (
    select e.id, e.tenant_id, e.at, e.intent, e.version, u.model, u."inputTokens" as tokens_in, u."cachedTokens" as tokens_cached,
           u."outputTokens" as tokens_out, u."costUsd" as usd, (u.discarded ->> 'costUsd')::numeric as discarded_usd,
           (u.discarded ->> 'inputTokens')::bigint + (u.discarded ->> 'outputTokens')::bigint as tokens_discarded
      from ended e, jsonb_to_recordset(e.models) u (model text, "inputTokens" bigint, "cachedTokens" bigint, "outputTokens" bigint, "costUsd" numeric,
                                                    discarded jsonb)),
  -- A turn counts once, however many of its models have no price.
  unpriced as (
    select tenant_id, at, intent, min(model) as model from used where usd is null and model is not null group by id, tenant_id, at, intent)
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
  select tenant_id, at, d.metric, jsonb_strip_nulls(jsonb_build_object('intent', intent, 'model', model, 'version', d.version)), 0::smallint,
         sum(d.n)::bigint
    from used, lateral (values ('tokens_in', tokens_in::numeric, null), ('tokens_out', tokens_out, null), ('tokens_cached', tokens_cached, null),
                               ('tokens_discarded', tokens_discarded, null), ('discarded_nano_usd', round(discarded_usd * 1e9), null),
                               ('cost_nano_usd', round(usd * 1e9), version)) d (metric, n, version)
    where d.n > 0 group by tenant_id, at, d.metric, intent, model, d.version
  union all
  select tenant_id, at, 'model_turns', jsonb_strip_nulls(jsonb_build_object('intent', intent, 'model', model,
         'result', case when usd is null then 'unpriced' else 'priced' end)), 0::smallint, count(*)
    from used where model is not null group by tenant_id, at, intent, model, usd is null
  union all
  select tenant_id, at, 'unpriced', jsonb_strip_nulls(jsonb_build_object('intent', intent, 'model', model)), 0::smallint, count(*)
    from unpriced group by tenant_id, at, intent, model
  union all
  select tenant_id, at, 'errors', jsonb_build_object('code', left(e.code, 64)), 0::smallint, count(*)
    from ended, jsonb_array_elements_text(errors) e (code) group by tenant_id, at, left(e.code, 64)
  union all
  select e.tenant_id, e.at, 'tool', jsonb_build_object('tool', left(c.name, 64), 'result', case when c.failed then 'failed' else 'ok' end),
         metric_bucket(c.ms), count(*)
    from ended e join tool_calls c on c.turn_id = e.id group by e.tenant_id, e.at, left(c.name, 64), c.failed, metric_bucket(c.ms)
$$;
