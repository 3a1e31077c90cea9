-- Adds what the model said of a guess that had decided (Comparison) to its turn, with the tokens and the cost of asking, and books that cost
-- for the day. Locks the turn, then one share of the day's usage.
create or replace function record_comparison(p_comparison jsonb) returns void language plpgsql as $$
declare
  v_used jsonb := p_comparison -> 'used';
  v_tenant_id uuid;
begin
  update turns set
      guess = case when p_comparison -> 'model' = 'null' then guess else guess || jsonb_build_object('model', p_comparison -> 'model') end,
      input_tokens = input_tokens + (v_used ->> 'inputTokens')::integer, cached_tokens = cached_tokens + (v_used ->> 'cachedTokens')::integer,
      output_tokens = output_tokens + (v_used ->> 'outputTokens')::integer, cost_usd = cost_usd + (v_used ->> 'costUsd')::numeric,
      models = models || (v_used -> 'models')
    where id = (p_comparison ->> 'turnId')::uuid
    returning tenant_id into v_tenant_id;
  if v_tenant_id is null then return; end if;
  insert into usage as u (tenant_id, day, share, turns, sound_s, usd)
    values (v_tenant_id, utc_today(), txid_current() % 16, 0, 0, (p_comparison ->> 'usd')::numeric)
    on conflict (tenant_id, day, share) do update set usd = u.usd + excluded.usd;
end $$;
