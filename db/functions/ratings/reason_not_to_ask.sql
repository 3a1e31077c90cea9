-- Returns why a customer is not asked for a rating now; null: they are. A template would be billed, so only the open window counts. Locks
-- nothing.
create or replace function reason_not_to_ask(p_conversation conversations, p_settings jsonb, p_served jsonb) returns text
language sql stable as $$
  select case
    when p_served ->> 'by' is null then 'not_answered'
    when has_opted_out(p_conversation.customer_id) then 'opted_out'
    when (select unreachable_at from customers where id = p_conversation.customer_id) is not null then 'unreachable'
    when not coalesce(p_conversation.window_ends_at > clock_timestamp() + interval '1 minute', false) then 'window_closed'
    when p_conversation.received_seq > p_conversation.answered_seq then 'busy'
    when exists (select from csat where customer_id = p_conversation.customer_id and not_asked is null
                   and created_at > clock_timestamp() - make_interval(days => (tenant_setting(p_settings, 'csat', 'askEveryDays'))::integer))
      then 'asked_recently'
  end
$$;
