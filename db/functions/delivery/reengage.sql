-- Reacts to a reply that failed because the window had closed: drafts the company's template, which asks the customer to write again
-- and is sent by the next turn, or calls an operator when there is none. `p_through_seq` is the newest message that the reply answers:
-- its turn may still be running. Locks the conversation.
create or replace function reengage(p_conversation_id uuid, p_through_seq bigint) returns jsonb language plpgsql as $$
declare
  v_conversation conversations;
  v_customer customers;
  v_profile jsonb;
  v_language_code text;
begin
  select * into v_conversation from conversations where id = p_conversation_id for update;
  -- Newer messages will be answered, and an operator sees to the rest.
  if v_conversation.received_seq > greatest(v_conversation.answered_seq, p_through_seq) or v_conversation.status <> 'bot' then return null; end if;
  select * into v_customer from customers where id = v_conversation.customer_id;
  select profile into v_profile from tenants where id = v_conversation.tenant_id;
  v_language_code := coalesce(
    v_profile -> 'reengagement' -> 'languageCodes' ->> coalesce(v_customer.language, v_profile ->> 'language'),
    (select value from jsonb_each_text(v_profile -> 'reengagement' -> 'languageCodes') limit 1));
  if v_language_code is null or v_customer.opted_out_at is not null or v_conversation.reengaged_at > clock_timestamp() - interval '24 hours' then
    return call_operator(v_conversation, 'window_closed', 'The answer could not be delivered: the 24-hour window had closed.');
  end if;
  perform draft_template(v_conversation, v_profile -> 'reengagement' ->> 'name', v_language_code);
  v_conversation := add_unread(v_conversation, 1, clock_timestamp());
  v_conversation.reengaged_at := clock_timestamp();
  perform save_conversation(v_conversation);
  return '"unread"';
end $$;
