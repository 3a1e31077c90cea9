-- Stores the messages of one sender, and begins their turn when the webhook asks for it (`claim` of receive_events) and nothing waited
-- before. Locks the sender's conversation until the end, after the person if they are new or changed.
create or replace function receive_sender(
  p jsonb, p_company tenants, p_phone text, p_wa_user_id text, p_name text, p_messages jsonb,
  -- The conversation, when something in it waits for an answer.
  out waiting uuid,
  out claim json,
  -- Told once per window that the sender is over the limit.
  out notice jsonb,
  out stored integer, out duplicates integer, out redelivered integer, out limited integer) language plpgsql as $$
declare
  person users;
  conversation conversations;
  received record;
  v_window_s integer := (p -> 'rateLimit' ->> 'windowS')::integer;
begin
  person := find_sender(p_company.id, p_phone, p_wa_user_id, p_name);
  select * into conversation from conversations where user_id = person.id for update;
  if conversation.id is null then
    insert into conversations (tenant_id, user_id) values (p_company.id, person.id) on conflict (user_id) do nothing;
    select * into conversation from conversations where user_id = person.id for update;
  end if;
  received := receive_messages(conversation, person, p_messages, (p -> 'rateLimit' ->> 'max')::integer, v_window_s);
  conversation := received.conversation;
  person := received.person;
  stored := received.stored;
  duplicates := received.duplicates;
  redelivered := received.redelivered;
  limited := received.limited;

  if received.limited_wait is not null and person.opted_out_at is null and coalesce(conversation.limit_told_until < clock_timestamp(), true)
     and conversation.window_ends_at > clock_timestamp() then
    conversation.limit_told_until := clock_timestamp() + make_interval(secs => received.limited_wait);
    notice := jsonb_build_object('conversationId', conversation.id, 'phoneNumberId', p_company.phone_number_id,
      'user', person_json(person), 'window', window_json(conversation),
      'companyLanguage', p_company.profile ->> 'language', 'text', received.limited_text, 'retryAfterS', received.limited_wait);
  end if;

  if conversation.received_seq > conversation.answered_seq then waiting := conversation.id; end if;
  if p ? 'claim' and jsonb_array_length(p -> 'senders') = 1 and conversation.status = 'bot' and cardinality(received.pending) > 0
     and coalesce(conversation.lease_expires_at <= clock_timestamp(), true) and coalesce(conversation.retry_at <= clock_timestamp(), true)
     and not exists (select from turns where conversation_id = conversation.id and state in ('running', 'drafted')) then
    claim := begin_turn(conversation, p_company, person, (p -> 'claim' ->> 'turnId')::uuid, conversation.received_seq,
                        (p -> 'claim' ->> 'leaseMs')::integer, array_to_json(received.pending), null, null, '{}');
  else
    update conversations set received_seq = conversation.received_seq, answered_seq = conversation.answered_seq,
        status = conversation.status, bot_resumes_at = conversation.bot_resumes_at, open_since = conversation.open_since,
        window_ends_at = conversation.window_ends_at, limit_told_until = conversation.limit_told_until
      where id = conversation.id;
  end if;
  if person.unreachable_at is not null then update users set unreachable_at = null where id = person.id; end if;
end $$;
