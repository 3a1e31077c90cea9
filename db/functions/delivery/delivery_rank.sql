-- Ranks delivery statuses: a message only moves to a higher one; a failure counts only before delivery, and is final.
create or replace function delivery_rank(p_state text) returns integer language sql immutable as $$
  select case p_state
    when 'sent' then 1 when 'delivered' then 2 when 'read' then 3 when 'played' then 4 when 'failed' then 5
    else 0 end
$$;
