-- True when a message in the old state takes the new one.
create or replace function moves_forward(p_old_state text, p_new_state text) returns boolean language sql immutable as $$
  select case p_new_state
    when 'failed' then delivery_rank(p_old_state) <= 1
    else delivery_rank(p_new_state) > delivery_rank(p_old_state) end
$$;
