-- Writes the results of a turn's work: its record, tool calls, exchanges with models, readings of media and the customer's language. The
-- caller has locked the conversation; this locks the turn, then prompts, messages and the customer.
create or replace function record_work(p_conversation conversations, p_turn_id uuid, p_state text, p_draft jsonb) returns void language plpgsql as $$
begin
  perform record_turn(p_turn_id, p_state, p_draft -> 'record');
  if p_draft -> 'toolCalls' <> '[]' then
    insert into tool_calls (turn_id, idempotency_key, name, input, output, ms, failed)
      select p_turn_id, c."idempotencyKey", c.name, c.input, c.output, c.ms, c.failed
        from jsonb_to_recordset(p_draft -> 'toolCalls')
          as c("idempotencyKey" text, name text, input jsonb, output jsonb, ms integer, failed boolean)
      on conflict (turn_id, idempotency_key) do nothing;
  end if;
  if jsonb_typeof(p_draft -> 'exchanges') = 'object' then
    perform keep_exchanges(p_conversation.tenant_id, p_turn_id, p_draft -> 'exchanges');
  end if;
  if p_draft -> 'readings' <> '[]' then
    update messages m set reading = r.text from jsonb_to_recordset(p_draft -> 'readings') as r("messageId" uuid, text text)
      where m.id = r."messageId" and m.conversation_id = p_conversation.id;
  end if;
  if p_draft ->> 'language' is not null then
    update customers set language = p_draft ->> 'language'
      where id = p_conversation.customer_id and language is distinct from p_draft ->> 'language';
  end if;
end $$;
