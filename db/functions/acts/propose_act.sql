-- Writes down the act that a draft asks the customer about (ProposedAct): its time begins now. An earlier one that still waits for its tap
-- is replaced by it. The caller has locked the conversation; this locks its acts.
create or replace function propose_act(p_conversation conversations, p_turn_id uuid, p_act jsonb) returns void language plpgsql as $$
begin
  update acts set state = 'cancelled', code = 'superseded', ended_at = clock_timestamp()
    where conversation_id = p_conversation.id and state = 'proposed' and id <> (p_act ->> 'id')::uuid;
  insert into acts (id, tenant_id, conversation_id, customer_id, turn_id, message_id, tool, declared, input, question, language,
                    idempotency_key, expires_at)
    values ((p_act ->> 'id')::uuid, p_conversation.tenant_id, p_conversation.id, p_conversation.customer_id, p_turn_id,
            (p_act ->> 'messageId')::uuid, p_act -> 'declared' ->> 'name', p_act -> 'declared', p_act -> 'input', p_act ->> 'question',
            p_act ->> 'language', p_act ->> 'idempotencyKey', clock_timestamp() + make_interval(mins => (p_act ->> 'minutes')::integer))
    on conflict (id) do nothing;
end $$;
