-- Returns a claim for a turn whose lease was just taken (Claim).
create or replace function claim_json(
  p_conversation conversations, p_tenant tenants, p_customer customers, p_turn turns,
  p_pending json, p_unsent json default '[]', p_handoff json default null) returns json language plpgsql as $$
begin
  return json_build_object(
    'turnId', p_turn.id, 'conversationId', p_conversation.id, 'epoch', p_conversation.epoch,
    'afterSeq', p_conversation.answered_seq, 'throughSeq', p_turn.through_seq,
    'attempts', p_conversation.attempts - 1, 'previousRung', p_conversation.previous_rung, 'window', window_json(p_conversation),
    'tenant', json_build_object('id', p_tenant.id, 'phoneNumberId', p_tenant.phone_number_id, 'profile', p_tenant.profile,
                                'intents', p_tenant.intents, 'tools', p_tenant.tools, 'version', p_tenant.version,
                                -- Sealed; null when there are none.
                                'secrets', (select json_object_agg(name, sealed) from tool_secrets where tenant_id = p_tenant.id)),
    'customer', customer_json(p_customer),
    'usage', usage_json(p_conversation),
    'repeat', case when p_conversation.repeat_key is not null
                then json_build_object('key', p_conversation.repeat_key, 'count', p_conversation.repeat_count,
                                        'atOnce', p_conversation.at_once) end,
    'pending', p_pending, 'history', history_json(p_conversation), 'unsent', p_unsent,
    'waitsForPerson', exists (select from handoffs where conversation_id = p_conversation.id and handed_back_at is null
                                and reason <> 'repeating'), 'unnotifiedHandoff', p_handoff,
    'botNote', p_conversation.bot_note, 'acts', acts_json(p_conversation.id),
    'previousIntent', (select intent from turns where conversation_id = p_conversation.id and state = 'answered' and intent is not null
                         order by started_at desc limit 1));
end $$;
