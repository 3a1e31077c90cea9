-- Adds what the model said of a guess that had decided (Comparison) to its turn, with the tokens and the cost of asking and what it was sent, and
-- books that cost for the day. What it was sent is left out when the customer has changed a message since the turn began. Locks the
-- conversation, then the turn, then prompts, then one share of the day's usage.
create or replace function record_comparison(p_comparison jsonb) returns void language plpgsql as $$
declare
  v_used jsonb := p_comparison -> 'used';
  v_exchanges jsonb := p_comparison -> 'exchanges';
  v_turn turns;
begin
  -- Whoever changes a message holds the conversation.
  perform from conversations c where c.id = (select conversation_id from turns where id = (p_comparison ->> 'turnId')::uuid) for update;
  update turns set
      guess = case when p_comparison -> 'model' = 'null' then guess else guess || jsonb_build_object('model', p_comparison -> 'model') end,
      input_tokens = input_tokens + (v_used ->> 'inputTokens')::integer, cached_tokens = cached_tokens + (v_used ->> 'cachedTokens')::integer,
      output_tokens = output_tokens + (v_used ->> 'outputTokens')::integer, cost_usd = cost_usd + (v_used ->> 'costUsd')::numeric,
      models = models || (v_used -> 'models')
    where id = (p_comparison ->> 'turnId')::uuid
    returning * into v_turn;
  if v_turn.id is null then return; end if;
  if jsonb_typeof(v_exchanges) = 'object' and not exists (
      select from (select direction, updated_at from messages where conversation_id = v_turn.conversation_id and created_at <= v_turn.started_at
        order by created_at desc, id desc limit 100) m where direction = 'in' and updated_at > v_turn.started_at) then
    perform keep_exchanges(v_turn.tenant_id, v_turn.id, jsonb_set(v_exchanges, '{calls}', '[]'));
    update exchanges set calls = calls || (v_exchanges -> 'calls') where turn_id = v_turn.id;
  end if;
  insert into usage as u (tenant_id, day, share, turns, sound_s, usd)
    values (v_turn.tenant_id, utc_today(), txid_current() % 16, 0, 0, (p_comparison ->> 'usd')::numeric)
    on conflict (tenant_id, day, share) do update set usd = u.usd + excluded.usd;
end $$;
