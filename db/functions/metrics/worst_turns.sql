-- Returns the turns behind a figure (TurnPoint): the slowest of a duration, the dearest of the cost (of the hours that
-- cost most), the latest of a count. The counters say in which slots they are, one
-- each at least, so that few turns are read however long the span is. Locks nothing.
create or replace function worst_turns(p_tenant_id uuid, p_selection jsonb, p_limit integer) returns jsonb language plpgsql stable
-- Compiling takes longer than reading.
set jit = off as $$
declare
  v_tenants uuid[] := case when p_tenant_id is null then array(select id from tenants) else array[p_tenant_id] end;
  v_metric text := p_selection ->> 'metric';
  v_where jsonb := p_selection -> 'where';
  v_stage text := case v_metric when 'webhook' then 'ack' when 'intent' then 'classify' when 'reply' then 'respond' when 'wait' then 'wait'
                                when 'stage' then coalesce(v_where ->> 'stage', 'respond') end;
  v_from timestamptz := to_timestamp((p_selection ->> 'fromMs')::float8 / 1000);
  v_to timestamptz := to_timestamp((p_selection ->> 'toMs')::float8 / 1000);
  -- A variable, so that the segments are planned with the rest.
  v_step text := case when v_from > clock_timestamp() - interval '9 days' then 'minute' else 'hour' end;
  v_is_cost boolean := v_metric = 'cost_nano_usd';
  v_split text := metric_split(v_metric, array(select jsonb_object_keys(v_where)));
begin
  return (
    with slots as (
      select c.at, case c.grain when 'minute' then interval '1 minute' else interval '1 hour' end as width,
             case when v_stage is not null then max(c.buckets[cardinality(c.buckets)]) when v_is_cost then max(c.counts[1]) end as worst
        from metric_segments(v_from, v_to, v_step) s
        join metric_counters c on c.tenant_id = any (v_tenants) and c.metric = case s.o_grain when 'minute' then v_metric else v_split end
          and c.grain = s.o_grain and c.at >= s.o_from and c.at < s.o_to
        where c.labels @> v_where group by c.at, c.grain order by worst desc nulls last, c.at desc limit p_limit),
    points as (
      select t.id, t.tenant_id, t.conversation_id, t.started_at, (t.stages_ms ->> v_stage)::float8 as ms, t.intent, t.rung, t.state, t.cost_usd,
             case v_metric when 'intent' then t.intent_model else t.reply_model end as model
        from slots s, lateral (select * from turns where started_at >= s.at and started_at < s.at + s.width offset 0) t
        where t.tenant_id = any (v_tenants) and t.started_at >= v_from and t.started_at < v_to and t.ended_at is not null
          and (v_stage is null or t.stages_ms ? v_stage) and coalesce(t.rung, 'full') not in ('operator', 'notice', 'template', 'reminder', 'plain_form')
          and (not v_where ? 'code' or t.errors ? (v_where ->> 'code'))
          and (not v_is_cost or not v_where ? 'model' or t.models is null
            or t.models @> jsonb_build_array(jsonb_build_object('model', v_where -> 'model')))
          and v_where - (case when v_is_cost and t.models is not null then '{stage,code,tool,model}' else '{stage,code,tool}' end)::text[] <@ jsonb_build_object('intent', t.intent, 'rung', t.rung, 'language', t.language,
            'decided_by', t.decided_by, 'version', t.version::text, 'model', case v_metric when 'intent' then t.intent_model else t.reply_model end,
            'result', case when t.state in ('replayed', 'dropped') then 'dead' else t.state end)
        order by ms desc nulls last, case when v_is_cost then t.cost_usd end desc nulls last, t.started_at desc limit p_limit)
    select coalesce(jsonb_agg(jsonb_build_object('turnId', id, 'tenantId', tenant_id, 'conversationId', conversation_id, 'atMs', epoch_ms(started_at),
        'ms', ms, 'intent', intent, 'model', model, 'rung', rung, 'result', state, 'costUsd', cost_usd) order by ms desc nulls last, case when v_is_cost then cost_usd end desc nulls last, started_at desc), '[]')
      from points);
end $$;
