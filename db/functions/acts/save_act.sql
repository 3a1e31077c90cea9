-- Writes a changed act back. The caller has locked the row before reading it.
create or replace function save_act(p_act acts) returns void language plpgsql as $$
begin
  update acts set state = p_act.state, code = p_act.code, answer = p_act.answer, attempts = p_act.attempts, answered_by = p_act.answered_by,
      confirmed_at = p_act.confirmed_at, attempted_at = p_act.attempted_at, ended_at = p_act.ended_at, told_at = p_act.told_at,
      decided_by = p_act.decided_by, decided_at = p_act.decided_at
    where id = p_act.id;
end $$;
