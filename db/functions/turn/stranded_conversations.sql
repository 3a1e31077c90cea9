-- Conversations whose customer has waited for over two minutes; counted up to 1,000. Health asks this.
create or replace function stranded_conversations() returns integer language sql stable as $$
  select count(*)::integer from (
    select from conversations
      where received_seq > answered_seq and open_since < clock_timestamp() - interval '2 minutes' limit 1000) s
$$;
