-- Decides how a turn ended, from the states of its parts: called after their outcomes were recorded. Locks nothing.
create or replace function final_result(
  p_finish jsonb, p_turn_id uuid,
  out o_result text,
  -- True when it was given up and yet has reached the customer: the effects of its failure are not applied.
  out o_arrived boolean,
  -- True when some part was withheld.
  out o_withheld boolean,
  -- True when the turn has answered its messages; false when everything was withheld before any send.
  out o_answers boolean) language plpgsql as $$
declare
  v_parts jsonb := p_finish -> 'parts';
  v_said boolean;
  v_attempted boolean;
begin
  o_result := p_finish ->> 'result';
  -- Rejected the second time, or never confirmed, but an earlier send was confirmed meanwhile.
  o_arrived := o_result = 'dead' and coalesce(p_finish ->> 'reason' in ('refused', 'unconfirmed'), false) and v_parts <> '[]';
  if o_arrived then
    o_arrived := not exists (select from messages where turn_id = p_turn_id and direction = 'out' and state in ('failed', 'ambiguous'));
  end if;
  if o_arrived then
    o_result := case when jsonb_path_exists(v_parts, '$[*] ? (@.outcome == "unsent")') then 'retry' else 'answered' end;
  end if;
  o_withheld := false;
  o_answers := o_result <> 'retry';
  if o_result = 'answered' and (v_parts = '[]' or jsonb_path_exists(v_parts, '$[*] ? (@.outcome == "withheld")')) then
    select coalesce(bool_or(state = 'withheld'), false), coalesce(bool_or(delivery_rank(state) > 0), false), coalesce(bool_or(sends > 0), false)
      into o_withheld, v_said, v_attempted from messages where turn_id = p_turn_id and direction = 'out';
    if o_withheld and not v_said then
      o_result := 'withheld';
      o_answers := v_attempted;
    end if;
  end if;
end $$;
