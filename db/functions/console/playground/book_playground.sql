-- Keeps what an answer in the playground cost; the number's budget of the day pays. Locks one share of the day.
create or replace function book_playground(p_tenant_id uuid, p_operator_id uuid, p_record jsonb) returns void language plpgsql as $$
begin
  insert into playground_answers (tenant_id, operator_id, model, input_tokens, output_tokens, cost_usd, errors)
    values (p_tenant_id, p_operator_id, p_record ->> 'model', (p_record ->> 'inputTokens')::integer,
            (p_record ->> 'outputTokens')::integer, (p_record ->> 'costUsd')::numeric, p_record -> 'errors');
  insert into usage as u (tenant_id, day, share, turns, sound_s, usd)
    values (p_tenant_id, utc_today(), txid_current() % 16, 0, 0, (p_record ->> 'usd')::numeric)
    on conflict (tenant_id, day, share) do update set usd = u.usd + excluded.usd;
end $$;
