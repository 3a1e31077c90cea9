-- Stores the messages of one sender and, when `claim` asks for it and nothing was unread before, starts their turn. Locks the customer
-- if they are new or changed, then their conversation, until the transaction ends.
create or replace function receive_from_sender(
  p_batch jsonb, p_tenant tenants, p_phones text[], p_wa_user_id text, p_name text, p_messages jsonb,
  -- The conversation, when something in it is unread.
  out o_unread_id uuid,
  out o_claim json,
  -- Sent once per window: the sender is over the rate limit.
  out o_notice jsonb,
  out o_stored integer, out o_duplicates integer, out o_redelivered integer, out o_limited integer,
  -- True when it was snoozed and is in the lists again.
  out o_woken boolean) language plpgsql as $$
declare
  v_customer customers;
  v_conversation conversations;
  v_received record;
  v_snoozed boolean;
begin
  v_customer := customer_of_message(p_tenant.id, p_phones, p_wa_user_id, p_name);
  v_conversation := find_or_create_conversation(p_tenant.id, v_customer.id);
  v_snoozed := v_conversation.snoozed_until is not null;
  v_received := receive_messages(v_conversation, v_customer, p_messages, p_batch -> 'rateLimit');
  v_conversation := v_received.p_conversation;
  v_customer := v_received.p_customer;
  o_stored := v_received.o_stored;
  o_duplicates := v_received.o_duplicates;
  o_redelivered := v_received.o_redelivered;
  o_limited := v_received.o_limited;
  o_woken := v_snoozed and v_conversation.snoozed_until is null;

  if v_received.o_limited_wait_s is not null and v_customer.opted_out_at is null and v_conversation.window_ends_at > clock_timestamp()
     and coalesce(v_conversation.next_limit_notice_at < clock_timestamp(), true) then
    v_conversation := postpone_limit_notice(v_conversation, clock_timestamp() + make_interval(secs => v_received.o_limited_wait_s));
    o_notice := jsonb_build_object('conversationId', v_conversation.id, 'phoneNumberId', p_tenant.phone_number_id,
      'customer', customer_json(v_customer), 'window', window_json(v_conversation),
      'companyLanguage', p_tenant.profile ->> 'language', 'text', v_received.o_limited_text, 'retryAfterS', v_received.o_limited_wait_s);
  end if;
  if v_conversation.received_seq > v_conversation.answered_seq then o_unread_id := v_conversation.id; end if;

  if p_batch ? 'claim' and jsonb_array_length(p_batch -> 'senders') = 1 and v_conversation.status = 'bot'
     and cardinality(v_received.o_pending) > 0 and not is_leased(v_conversation)
     and not exists (select from turns where conversation_id = v_conversation.id and state in ('running', 'drafted')) then
    o_claim := start_turn(v_conversation, p_tenant, v_customer, (p_batch -> 'claim' ->> 'turnId')::uuid,
                          (p_batch -> 'claim' ->> 'leaseMs')::integer, array_to_json(v_received.o_pending), '{}');
  else
    perform save_conversation(v_conversation);
  end if;
  if v_customer.unreachable_at is not null then update customers set unreachable_at = null where id = v_customer.id; end if;
end $$;
