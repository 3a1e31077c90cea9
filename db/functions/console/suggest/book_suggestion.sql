-- Keeps what a draft for an operator cost, and the readings that it needed, so that no file is read twice. The number's budget pays; the
-- customer's turns do not. Locks messages without a reading, then one share of the day.
create or replace function book_suggestion(p_tenant_id uuid, p_conversation_id uuid, p_operator_id uuid, p_record jsonb) returns void
language plpgsql as $$
begin
  insert into suggestions (tenant_id, conversation_id, operator_id, model, input_tokens, output_tokens, cost_usd, errors)
    select p_tenant_id, c.id, p_operator_id, p_record ->> 'model', (p_record ->> 'inputTokens')::integer,
           (p_record ->> 'outputTokens')::integer, (p_record ->> 'costUsd')::numeric, p_record -> 'errors'
      from conversations c where c.id = p_conversation_id and c.tenant_id = p_tenant_id;
  update messages m set reading = r.text from jsonb_to_recordset(p_record -> 'readings') as r("messageId" uuid, text text)
    where m.id = r."messageId" and m.conversation_id = p_conversation_id and m.tenant_id = p_tenant_id and m.reading is null;
  insert into usage as u (tenant_id, day, share, turns, sound_s, usd)
    values (p_tenant_id, utc_today(), txid_current() % 16, 0, (p_record -> 'usage' ->> 'soundSeconds')::integer,
            (p_record -> 'usage' ->> 'usd')::numeric)
    on conflict (tenant_id, day, share) do update set sound_s = u.sound_s + excluded.sound_s, usd = u.usd + excluded.usd;
end $$;
