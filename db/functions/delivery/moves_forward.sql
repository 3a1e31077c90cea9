-- True when a message in the old state is to take the new one.
create or replace function moves_forward(old_state text, new_state text) returns boolean language sql immutable as $$
  select case new_state
    when 'failed' then delivery_rank(old_state) <= 1
    else delivery_rank(new_state) > delivery_rank(old_state) end
$$;
