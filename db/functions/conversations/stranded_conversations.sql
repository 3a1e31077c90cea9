-- Counts conversations whose customer has waited for more than two minutes, up to 1,000, for the health endpoint.
create or replace function stranded_conversations() returns integer language sql stable as $$
  select count(*)::integer from (
    select from conversations
      where received_seq > answered_seq and unread_since < clock_timestamp() - interval '2 minutes' limit 1000) stranded
$$;
