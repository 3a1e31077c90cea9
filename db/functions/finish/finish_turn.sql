-- Ends a turn (FinishInput and Finished). Locks the conversation first, then messages, the turn and prompts; counters
-- come last. Storing a message takes the same lock, so the answer is right about what is unread.
create or replace function finish_turn(p_finish jsonb) returns jsonb language plpgsql
set plan_cache_mode = force_generic_plan set lock_timeout = '2s' as $$
declare
  v_conversation conversations;
  v_turn_id uuid := (p_finish ->> 'turnId')::uuid;
  v_state text;
  v_rung text;
  v_effects text[];
  v_ended record;
  v_handoff jsonb;
  v_counters text[] := '{}';
begin
  select * into v_conversation from conversations where id = (p_finish ->> 'conversationId')::uuid for update;
  if v_conversation.id is null or v_conversation.epoch <> (p_finish ->> 'epoch')::bigint then
    -- What was sent is recorded whoever holds the lease now; the rest is up to the new holder.
    perform record_sends(jsonb_path_query_array(p_finish -> 'parts', '$[*] ? (@.outcome == "accepted")'));
    perform confirm_turn(v_turn_id);
    return jsonb_build_object('leaseHeld', false, 'hasUnread', false, 'handoff', null);
  end if;
  select state, rung into v_state, v_rung from turns where id = v_turn_id;
  if p_finish ->> 'result' = 'retry' and v_state not in ('running', 'drafted') then
    -- It has ended; only the response that said so was lost.
    return jsonb_build_object('leaseHeld', true, 'hasUnread', v_conversation.received_seq > v_conversation.answered_seq, 'handoff', null);
  end if;

  if jsonb_path_exists(p_finish, '$.parts[*] ? (@.outcome == "ambiguous")') then
    v_counters := count_ambiguous_sends(array(
      select (x ->> 'id')::uuid from jsonb_array_elements(p_finish -> 'parts') x where x ->> 'outcome' = 'ambiguous'));
  end if;
  v_effects := record_sends(p_finish -> 'parts');
  if jsonb_path_exists(p_finish, '$.parts[*].acceptedPhone') then
    perform remember_accepted_phone(v_conversation.customer_id, p_finish -> 'parts');
  end if;
  v_ended := final_result(p_finish, v_turn_id);
  -- An operator sees the message that was not sent, and why: it is no dead letter. Nor is a reminder, which nobody may send later.
  if v_rung in ('operator', 'reminder') and v_ended.o_result = 'dead' then v_ended.o_result := 'failed'; end if;
  if v_ended.o_withheld then v_counters := v_counters || 'withheld'::text; end if;
  if v_ended.o_result = 'dead' then v_counters := v_counters || 'dead'::text; end if;
  if (p_finish ->> 'handoffNotified')::boolean then
    update handoffs set notified_at = clock_timestamp() where turn_id = v_turn_id and notified_at is null;
  end if;
  -- A draft that is still to be sent stays one: the next holder sends it.
  perform end_turn(p_finish, case when v_ended.o_result = 'retry' and v_state = 'drafted' then v_state else v_ended.o_result end);
  -- Of a turn that no draft has kept anything of.
  if jsonb_typeof(p_finish -> 'exchanges') = 'object' then
    perform keep_exchanges(v_conversation.tenant_id, v_turn_id, p_finish -> 'exchanges');
  end if;
  if v_ended.o_answers then perform cover_messages(v_conversation, v_turn_id, (p_finish ->> 'throughSeq')::bigint, v_ended.o_result); end if;
  if v_ended.o_result <> 'retry' then perform withhold_waiting(v_conversation, v_turn_id); end if;
  v_conversation := after_turn(v_conversation, p_finish, v_ended.o_result, v_ended.o_answers);
  perform save_conversation(v_conversation);

  if p_finish -> 'effects' <> '[]' and not v_ended.o_arrived then
    v_effects := v_effects || array(
      select case when v_rung = 'operator' and e = 'reengage' then 'call_operator' else e end
        from jsonb_array_elements_text(p_finish -> 'effects') e where v_rung is distinct from 'reminder' or e <> 'reengage');
  end if;
  if v_effects <> '{}' then
    v_handoff := apply_failures(v_conversation.id, v_effects, v_conversation.answered_seq);
    select * into v_conversation from conversations where id = v_conversation.id;
  end if;
  if v_counters <> '{}' then perform raise_counters(v_conversation.tenant_id, v_counters); end if;
  return jsonb_build_object('leaseHeld', true, 'handoff', v_handoff,
    'hasUnread', v_ended.o_result <> 'retry' and v_conversation.received_seq > v_conversation.answered_seq);
end $$;
