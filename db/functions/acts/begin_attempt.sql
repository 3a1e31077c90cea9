-- Notes one more call of an act's tool, before it is made, in memory. After five calls without an answer, or a quarter of an hour since the
-- last, it is not called again: nobody knows what became of it.
create or replace function begin_attempt(p_act acts) returns acts language plpgsql as $$
begin
  if p_act.attempts >= 5 or p_act.attempted_at < clock_timestamp() - interval '15 minutes' then
    p_act.state := 'unknown';
    p_act.code := 'given_up';
    p_act.ended_at := clock_timestamp();
    return p_act;
  end if;
  p_act.state := 'executing';
  p_act.attempts := p_act.attempts + 1;
  p_act.attempted_at := clock_timestamp();
  return p_act;
end $$;
