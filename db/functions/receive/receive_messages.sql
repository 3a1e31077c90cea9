-- Stores the messages of one sender in the order of their times, as far as they are new. The caller has locked the conversation and
-- saves it.
create or replace function receive_messages(
  inout p_conversation conversations, inout p_customer customers, p_messages jsonb, p_rate_limit jsonb,
  -- Everything that needs an answer; null when something was unread before, or was changed: then the turn starts with claim_turn.
  out o_pending json[],
  out o_stored integer, out o_duplicates integer,
  -- Duplicates that are still stored.
  out o_redelivered integer,
  out o_limited integer,
  -- Of the last message over the limit: seconds until the next is allowed, and its text.
  out o_limited_wait_s integer, out o_limited_text text) language plpgsql as $$
declare
  v_message record;
  v_row messages;
  v_over_limit boolean;
  v_needs_answer boolean;
  v_opt text;
  v_way_back boolean;
  v_rating text;
  v_window_s integer := (p_rate_limit ->> 'windowS')::integer;
  v_received_seq bigint := p_conversation.received_seq;
begin
  o_stored := 0; o_duplicates := 0; o_redelivered := 0; o_limited := 0;
  o_pending := case when p_conversation.received_seq = p_conversation.answered_seq then '{}'::json[] end;
  for v_message in
    select x.*, to_timestamp(x."timestampMs" / 1000.0) as sent_at
      from jsonb_to_recordset(p_messages) as x("waMessageId" text, "timestampMs" bigint, type text, text text,
        content jsonb, about jsonb, "contextId" text, "groupId" text, "metaCodes" jsonb, admission text, "startsTurn" boolean,
        "retryAfterS" integer, opt text, "optUnlessAnswer" text, asks boolean, standby boolean)
  loop
    -- Meta delivers for seven days: an older message may have been answered and purged.
    if v_message.sent_at < clock_timestamp() - interval '8 days' and was_purged(p_conversation.tenant_id, v_message."waMessageId") then
      o_duplicates := o_duplicates + 1;
      continue;
    end if;
    v_over_limit := v_message.admission = 'limited' or v_message.admission = 'unknown'
      and is_over_limit(p_conversation.id, v_message.sent_at, (p_rate_limit ->> 'max')::integer, v_window_s);
    v_opt := opt_change(p_customer, v_message.opt, v_message.sent_at);
    if v_opt is not null and v_message."optUnlessAnswer" is not null
       and may_answer_us(p_conversation, v_message."optUnlessAnswer", v_message."contextId") then
      v_opt := null;
    end if;
    -- Whoever has opted out and asks something is told the way back, once.
    v_way_back := p_customer.opted_out_at is not null and p_customer.way_back_told_at is null and v_opt is null
                  and p_conversation.status = 'bot' and coalesce(v_message.asks, false);
    v_rating := case when v_message."startsTurn" and v_opt is null then rating_in(p_conversation, v_message.type, v_message.content, v_message.asks) end;
    v_needs_answer := v_message."startsTurn" and v_rating is null and not v_over_limit
                      and (p_customer.opted_out_at is null or v_opt is not distinct from 'start' or v_way_back);
    insert into messages (tenant_id, conversation_id, direction, wa_message_id, seq, state, type, text, content, about, opt,
                          quote_wa_message_id, meta_codes, sent_at)
      values (p_conversation.tenant_id, p_conversation.id, 'in', v_message."waMessageId",
              case when v_needs_answer then p_conversation.received_seq + 1 end,
              case when v_over_limit then 'rate_limited' when v_message."groupId" is not null then 'group' when v_message.standby then 'standby'
                   when v_message."startsTurn" and not v_needs_answer and v_rating is null then 'opted_out' else 'received' end,
              v_message.type, v_message.text, v_message.content, nullif(v_message.about, 'null'), v_opt, v_message."contextId",
              coalesce(v_message."metaCodes", '[]'), v_message.sent_at)
      on conflict (tenant_id, wa_message_id) do nothing
      returning * into v_row;
    if v_row.id is null then
      o_duplicates := o_duplicates + 1; o_redelivered := o_redelivered + 1;
      continue;
    end if;
    o_stored := o_stored + 1;
    if v_message."groupId" is null then p_conversation := hear_message(p_conversation, v_row, v_rating, v_message.standby); end if;
    if v_rating is not null then o_pending := null; end if;
    if v_message.type in ('edit', 'revoke') then
      perform change_message(p_conversation.id, v_message.type, v_message.content);
      p_conversation := answer_again(p_conversation, v_message.content);
      o_pending := null;
    end if;
    if v_opt is not null then p_customer := apply_opt(p_customer, p_conversation.id, v_opt, v_message.sent_at); end if;
    if v_over_limit then
      o_limited := o_limited + 1;
      o_limited_wait_s := coalesce(v_message."retryAfterS", v_window_s);
      o_limited_text := v_message.text;
    elsif v_needs_answer then
      p_conversation := receive_unread(p_conversation);
      if v_way_back then p_customer := tell_way_back(p_customer); end if;
      if o_pending is not null and v_row.state = 'received' then o_pending := o_pending || transcript_json(v_row); end if;
    end if;
  end loop;
  if p_conversation.status = 'human' and o_stored > 0 and p_conversation.received_seq > v_received_seq and p_customer.opted_out_at is null
     and p_conversation.window_ends_at > clock_timestamp() then
    p_conversation := tell_when_back(p_conversation);
  end if;
end $$;
