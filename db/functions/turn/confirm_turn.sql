-- A turn was given up because nobody confirmed what it sent, and now somebody has: it is answered after all.
create or replace function confirm_turn(p_turn uuid) returns void language plpgsql as $$
begin
  update turns t set state = 'answered'
    where id = p_turn and state = 'dead' and rung is distinct from 'apology'
      and exists (select from messages where turn_id = p_turn and direction = 'out' and delivery_rank(state) > 0)
      and not exists (select from messages where turn_id = p_turn and direction = 'out' and state in ('draft', 'ambiguous', 'failed'));
  if found then
    update messages set state = 'received', updated_at = clock_timestamp()
      where turn_id = p_turn and direction = 'in' and state = 'dead';
  end if;
end $$;
