-- Returns what a turn was asked and answered (StoredReplay): its messages, those before it as its claim had them, and what it said; null
-- when the company has no such turn, or its messages are gone. Locks nothing.
create or replace function replay_json(p_tenant_id uuid, p_turn_id uuid) returns json language plpgsql stable as $$
declare
  v_turn turns;
  v_customer customers;
  v_first bigint;
begin
  select * into v_turn from turns where id = p_turn_id and tenant_id = p_tenant_id;
  select min(seq) into v_first from messages where turn_id = p_turn_id and tenant_id = p_tenant_id and direction = 'in';
  if v_first is null then return null; end if;
  select u.* into v_customer from customers u join conversations c on c.customer_id = u.id
    where c.id = v_turn.conversation_id and c.tenant_id = p_tenant_id;
  return json_build_object(
    'conversationId', v_turn.conversation_id, 'at', epoch_ms(v_turn.started_at), 'customer', customer_json(v_customer),
    'history', (select coalesce(json_agg(transcript_json(m) order by date_trunc('second', m.sent_at), m.created_at, m.sent_at), '[]') from (
      select * from messages
        where conversation_id = v_turn.conversation_id and tenant_id = p_tenant_id and created_at <= v_turn.started_at
          and state not in ('draft', 'ambiguous', 'withheld', 'failed', 'rate_limited', 'group', 'revoked')
          and (direction = 'out' or seq is null or seq < v_first) and turn_id is distinct from p_turn_id
        order by created_at desc, id desc limit 10) m),
    'pending', (select json_agg(transcript_json(m) order by m.sent_at, m.seq) from messages m
      where m.turn_id = p_turn_id and m.tenant_id = p_tenant_id and m.direction = 'in'),
    'replies', (select coalesce(json_agg(transcript_json(m) order by m.created_at, m.id), '[]') from messages m
      where m.turn_id = p_turn_id and m.tenant_id = p_tenant_id and m.direction = 'out'),
    'turn', json_build_object(
      'intent', v_turn.intent, 'confidence', v_turn.confidence, 'decidedBy', v_turn.decided_by, 'language', v_turn.language,
      'rung', v_turn.rung, 'replyModel', v_turn.reply_model, 'costUsd', v_turn.cost_usd, 'errors', v_turn.errors,
      'respondMs', v_turn.stages_ms -> 'respond', 'waitMs', v_turn.stages_ms -> 'wait'));
end $$;
