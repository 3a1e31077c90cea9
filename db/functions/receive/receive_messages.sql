-- Stores messages of one person in the order of their times, as far as they are new. The conversation's row is locked by the caller,
-- who also writes it as it comes back.
create or replace function receive_messages(
  inout conversation conversations, inout person users, p_messages jsonb, p_rate_max integer, p_window_s integer,
  -- All that waits for an answer; null when something waited before, or was changed: then the turn begins with `claim_turn`.
  out pending json[],
  out stored integer, out duplicates integer,
  -- Duplicates that the table of messages knows.
  out redelivered integer,
  out limited integer,
  -- Of the last message over the limit: seconds until the next may come, and its text.
  out limited_wait integer, out limited_text text) language plpgsql as $$
declare
  message record;
  v_row messages;
  over_limit boolean;
  starts boolean;
  choice text;
begin
  stored := 0; duplicates := 0; redelivered := 0; limited := 0;
  pending := case when conversation.received_seq = conversation.answered_seq then '{}'::json[] end;
  for message in
    select x.*, to_timestamp(x."timestampMs" / 1000.0) as sent_at
      from jsonb_to_recordset(p_messages) as x("waMessageId" text, "timestampMs" bigint, type text, text text,
        content jsonb, about jsonb, "contextId" text, "groupId" text, "errorCodes" jsonb, admission text, "startsTurn" boolean,
        "retryAfterS" integer, opt text, standby boolean)
  loop
    -- Meta delivers for seven days. What is older may have been answered, and its row purged since.
    if message.sent_at < clock_timestamp() - interval '8 days' and was_purged(conversation.tenant_id, message."waMessageId") then
      duplicates := duplicates + 1;
      continue;
    end if;
    over_limit := message.admission = 'limited';
    if message.admission = 'unknown' then
      over_limit := is_over_limit(conversation.id, message.sent_at, p_rate_max, p_window_s);
    end if;
    -- A word that changes nothing is a word like any other.
    choice := case when coalesce(message.sent_at < person.opt_changed_at, false) then null
                   when message.opt = 'stop' and person.opted_out_at is null then 'stop'
                   when message.opt = 'start' and person.opted_out_at is not null then 'start' end;
    starts := message."startsTurn" and not over_limit and (person.opted_out_at is null or choice is not distinct from 'start');
    insert into messages (tenant_id, conversation_id, direction, wa_message_id, seq, state, type, text, content, about, opt,
                          quote_wa_message_id, error_codes, sent_at)
      values (conversation.tenant_id, conversation.id, 'in', message."waMessageId",
              case when starts then conversation.received_seq + 1 end,
              case when over_limit then 'rate_limited' when message."groupId" is not null then 'group' when message.standby then 'standby'
                   when message."startsTurn" and not starts then 'opted_out' else 'received' end,
              message.type, message.text, message.content, nullif(message.about, 'null'), choice, message."contextId",
              coalesce(message."errorCodes", '[]'), message.sent_at)
      on conflict (tenant_id, wa_message_id) do nothing
      returning * into v_row;
    if v_row.id is null then
      duplicates := duplicates + 1;
      redelivered := redelivered + 1;
      continue;
    end if;
    stored := stored + 1;
    if message."groupId" is null then conversation := hear_from_customer(conversation, message.sent_at, message.standby); end if;
    if message.type in ('edit', 'revoke') then
      perform change_message(conversation.id, message.type, message.content);
      pending := null;
    end if;
    if choice is not null then person := apply_choice(person, conversation.id, choice, message.sent_at); end if;
    if over_limit then
      limited := limited + 1;
      limited_wait := coalesce(message."retryAfterS", p_window_s);
      limited_text := message.text;
    elsif starts then
      if conversation.status <> 'bot' and conversation.answered_seq = conversation.received_seq then
        conversation.answered_seq := conversation.answered_seq + 1;  -- a person reads it
      elsif conversation.open_since is null then
        conversation.open_since := clock_timestamp();
      end if;
      conversation.received_seq := conversation.received_seq + 1;
      if pending is not null and v_row.state = 'received' then pending := pending || told_json(v_row); end if;
    end if;
  end loop;
end $$;
