-- Writes a reply down before it is sent (DraftInput and DraftOutcome of lib/types/turn-store.ts). Locks the conversation's row first;
-- counters come last.
create or replace function draft_reply(p jsonb) returns jsonb language plpgsql
set plan_cache_mode = force_generic_plan set lock_timeout = '2s' as $$
declare
  talk conversations;
  v_turn uuid := (p ->> 'turnId')::uuid;
  withhold boolean;
  v_handoff uuid;
  v_wait integer;
  v_outcome text := 'send';
  -- What the reply lost on its way out of the model.
  happened text[] := array(select 'cut'::text from jsonb_array_elements_text(p -> 'record' -> 'errors') e where e like 'cut:%');
begin
  select * into talk from conversations where id = (p ->> 'conversationId')::uuid for update;
  if talk.id is null or talk.epoch <> (p ->> 'epoch')::bigint then
    return jsonb_build_object('outcome', 'lost');
  end if;
  withhold := talk.status <> 'bot';
  if withhold then
    v_outcome := 'taken_over';
  elsif talk.received_seq > (p ->> 'throughSeq')::bigint
        -- Nobody who has asked for no more is sent what was written before they did.
        and (not (p ->> 'evenIfOvertaken')::boolean or exists (select from users where id = talk.user_id and opted_out_at is not null)) then
    v_outcome := 'overtaken';
  elsif coalesce(talk.window_ends_at <= clock_timestamp(), true)
        and jsonb_path_exists(p, '$.parts[*] ? (@.message.kind != "template")') then
    return jsonb_build_object('outcome', 'window_closed');
  elsif not may_speak(talk, v_turn, (p ->> 'throughSeq')::bigint) then
    withhold := true;
    v_outcome := 'taken_over';
  end if;
  if p ? 'usage' then talk := book_usage(talk, p -> 'usage', p -> 'repeat'); end if;
  perform record_turn(v_turn, case v_outcome when 'send' then 'drafted' when 'taken_over' then 'withheld' else v_outcome end,
                      p -> 'record');
  if p -> 'toolCalls' <> '[]' then
    insert into tool_calls (turn_id, idempotency_key, name, input, output, ms, failed)
      select v_turn, c."idempotencyKey", c.name, c.input, c.output, c.ms, c.failed
        from jsonb_to_recordset(p -> 'toolCalls')
          as c("idempotencyKey" text, name text, input jsonb, output jsonb, ms integer, failed boolean)
      on conflict (turn_id, idempotency_key) do nothing;
  end if;
  if p -> 'readings' <> '[]' then
    update messages m set reading = r.text from jsonb_to_recordset(p -> 'readings') as r("messageId" uuid, text text)
      where m.id = r."messageId" and m.conversation_id = talk.id;
  end if;
  if p ->> 'language' is not null then
    update users set language = p ->> 'language' where id = talk.user_id and language is distinct from p ->> 'language';
  end if;
  if v_outcome = 'overtaken' then
    update conversations set lease_expires_at = null, usage_day = talk.usage_day, usage_turns = talk.usage_turns, usage_sound_s = talk.usage_sound_s,
        repeat_key = talk.repeat_key, repeat_count = talk.repeat_count
      where id = talk.id;
    perform raise_counters(talk.tenant_id, happened || 'suppressed'::text);
    return jsonb_build_object('outcome', v_outcome);
  end if;

  -- Times of one conversation only grow, whatever the clocks of the two sides say.
  insert into messages (id, tenant_id, conversation_id, direction, author, state, type, text, content, quote_wa_message_id,
                        turn_id, sends, sent_at)
    select (x ->> 'id')::uuid, talk.tenant_id, talk.id, 'out', 'bot', case when withhold then 'withheld' else 'draft' end,
           x -> 'message' ->> 'kind', x ->> 'text', case when x -> 'message' ->> 'kind' <> 'text' then x -> 'message' end,
           x ->> 'quoteWaMessageId', v_turn, case when withhold then 0 else 1 end,
           greatest(clock_timestamp(), (select max(sent_at) from messages where conversation_id = talk.id))
             + position * interval '1 millisecond'
      from jsonb_array_elements(p -> 'parts') with ordinality as i(x, position);
  if withhold then
    perform withhold_draft(talk, v_turn, (p ->> 'throughSeq')::bigint);
    perform raise_counters(talk.tenant_id, happened || 'suppressed'::text);
    return jsonb_build_object('outcome', v_outcome);
  end if;

  if p -> 'handoff' <> 'null' then
    insert into handoffs (tenant_id, conversation_id, turn_id, reason, summary)
      values (talk.tenant_id, talk.id, v_turn, p -> 'handoff' ->> 'reason', p -> 'handoff' ->> 'summary')
      on conflict do nothing returning id into v_handoff;
    talk.status := 'human';
  end if;
  v_wait := hold_and_reserve(talk, (p ->> 'leaseMs')::integer, jsonb_array_length(p -> 'parts'));
  if happened <> '{}' then perform raise_counters(talk.tenant_id, happened); end if;
  return jsonb_build_object('outcome', v_outcome, 'handoffOpened', v_handoff is not null, 'waitMs', v_wait);
end $$;
