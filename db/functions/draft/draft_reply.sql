-- Writes a reply down before it is sent (DraftInput and DraftOutcome). Locks the conversation first, then the
-- turn, messages, acts and the customer; counters come last.
create or replace function draft_reply(p_draft jsonb) returns jsonb language plpgsql
set plan_cache_mode = force_generic_plan set lock_timeout = '2s' as $$
declare
  v_conversation conversations;
  v_turn_id uuid := (p_draft ->> 'turnId')::uuid;
  v_outcome text;
  v_handoff_opened boolean := false;
  v_wait_ms integer;
  v_counters text[] := '{}';
begin
  select * into v_conversation from conversations where id = (p_draft ->> 'conversationId')::uuid for update;
  if v_conversation.id is null or v_conversation.epoch <> (p_draft ->> 'epoch')::bigint then
    return jsonb_build_object('outcome', 'lost');
  end if;
  if p_draft ->> 'optOut' is not null then perform opt_out_in_turn(v_conversation, (p_draft ->> 'optOut')::uuid); end if;
  v_outcome := draft_outcome(v_conversation, p_draft);
  if v_outcome = 'window_closed' then return jsonb_build_object('outcome', v_outcome); end if;
  -- Replies from which something was removed are counted.
  if p_draft -> 'record' -> 'errors' <> '[]' then
    v_counters := array(select 'cut'::text from jsonb_array_elements_text(p_draft -> 'record' -> 'errors') e where e like 'cut:%');
  end if;
  if p_draft ? 'usage' then v_conversation := book_usage(v_conversation, p_draft -> 'usage', p_draft -> 'repeat'); end if;
  perform record_work(v_conversation, v_turn_id,
    case v_outcome when 'send' then 'drafted' when 'taken_over' then 'withheld' else v_outcome end, p_draft);

  if v_outcome <> 'send' then
    if v_outcome = 'taken_over' then
      perform insert_draft_parts(v_conversation, v_turn_id, 'withheld', p_draft -> 'parts');
      perform withhold_draft(v_conversation, v_turn_id, (p_draft ->> 'throughSeq')::bigint);
    else
      perform save_conversation(change_lease(v_conversation, 'release'));
    end if;
    perform raise_counters(v_conversation.tenant_id, v_counters || 'withheld'::text);
    return jsonb_build_object('outcome', v_outcome);
  end if;

  perform insert_draft_parts(v_conversation, v_turn_id, 'draft', p_draft -> 'parts');
  if jsonb_typeof(p_draft -> 'act') = 'object' then perform propose_act(v_conversation, v_turn_id, p_draft -> 'act'); end if;
  if p_draft ? 'actsTold' then
    update acts set told_at = clock_timestamp()
      where conversation_id = v_conversation.id and told_at is null
        and id = any (array(select jsonb_array_elements_text(p_draft -> 'actsTold')::uuid));
  end if;
  if p_draft -> 'handoff' <> 'null' then
    v_handoff_opened := request_person(v_conversation, v_turn_id, p_draft -> 'handoff');
    -- Another bot is met with silence, which whoever writes something else ends: the conversation stays the bot's.
    if p_draft -> 'handoff' ->> 'reason' <> 'repeating' then v_conversation := assign_conversation(v_conversation, 'human'); end if;
  end if;
  v_wait_ms := reserve_sends(v_conversation, (p_draft ->> 'leaseMs')::integer, jsonb_array_length(p_draft -> 'parts'));
  if v_counters <> '{}' then perform raise_counters(v_conversation.tenant_id, v_counters); end if;
  return jsonb_build_object('outcome', v_outcome, 'handoffOpened', v_handoff_opened, 'waitMs', v_wait_ms);
end $$;
