-- Ends a dead letter, or an operator's message that was given up, as answered when all its sends are confirmed after all. Locks the turn and its messages.
create or replace function confirm_turn(p_turn_id uuid) returns void language plpgsql as $$
begin
  update turns set state = 'answered'
    where id = p_turn_id and state in ('dead', 'failed') and rung is distinct from 'apology'
      and exists (select from messages where turn_id = p_turn_id and direction = 'out' and delivery_rank(state) > 0)
      and not exists (select from messages where turn_id = p_turn_id and direction = 'out' and state in ('draft', 'ambiguous', 'failed'));
  if found then
    update messages set state = 'received', updated_at = clock_timestamp()
      where turn_id = p_turn_id and direction = 'in' and state = 'dead';
  end if;
end $$;
