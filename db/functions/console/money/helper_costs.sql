-- Returns what models charged besides the bot's turns, by slot and kind (`suggestion`, `trial`), as `[{at, kind, n, tokens, usd, unpriced}, …]`
-- in the order of the slots, for as long as these rows are kept. Locks nothing.
create or replace function helper_costs(p_tenant_id uuid, p_from timestamptz, p_to timestamptz, p_step text) returns jsonb language sql stable as $$
  with helped as (
    select 'suggestion' as kind, created_at, model, input_tokens, output_tokens, cost_usd from suggestions
      where tenant_id = p_tenant_id and created_at >= p_from and created_at < p_to
    union all
    select 'trial', created_at, model, input_tokens, output_tokens, cost_usd from playground_answers
      where tenant_id = p_tenant_id and created_at >= p_from and created_at < p_to),
  summed as (
    select date_trunc(p_step, created_at, 'UTC') as at, kind, count(*) as n, sum(input_tokens) as tokens_in, sum(output_tokens) as tokens_out,
           coalesce(sum(cost_usd), 0) as usd, count(*) filter (where cost_usd is null and model is not null) as unpriced
      from helped group by 1, 2)
  select coalesce(jsonb_agg(jsonb_build_object('at', epoch_ms(at), 'kind', kind, 'n', n, 'tokensIn', tokens_in, 'tokensOut', tokens_out,
         'usd', usd, 'unpriced', unpriced) order by at, kind), '[]') from summed
$$;
