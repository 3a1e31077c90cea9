-- Returns how many of the customer's messages an operator has not seen, 100 for more than 99; looks at the newest 300 messages at most.
create or replace function unread_count(p_conversation_id uuid, p_operator_id uuid) returns integer language sql stable as $$
  select least(100, count(*) filter (where direction = 'in'))::integer from (
    select direction from messages
      where conversation_id = p_conversation_id and created_at > coalesce((
        select read_at from conversation_reads where conversation_id = p_conversation_id and operator_id = p_operator_id), '-infinity')
      order by created_at desc, id desc limit 300) newest
$$;
