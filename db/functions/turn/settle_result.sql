-- How a turn ended after all, by what its parts have become: read after their outcomes were written down.
create or replace function settle_result(
  p jsonb, p_turn uuid,
  out result text,
  -- Given up, and yet it has reached the customer: what the failure was to change is not changed.
  out arrived boolean,
  -- Some part is withheld.
  out suppressed boolean,
  -- Some part may have been sent; null when nobody looked.
  out tried boolean) language plpgsql as $$
declare
  said boolean;
begin
  result := p ->> 'result';
  -- Refused the second time, or never answered, and yet it has reached them: a send was confirmed meanwhile.
  arrived := result = 'dead' and coalesce(p ->> 'reason' in ('refused', 'unconfirmed'), false) and p -> 'parts' <> '[]'
    and not exists (select from messages where turn_id = p_turn and direction = 'out' and state in ('failed', 'ambiguous'));
  if arrived then
    result := case when jsonb_path_exists(p, '$.parts[*] ? (@.outcome == "unsent")') then 'retry' else 'answered' end;
  end if;
  if result = 'answered' and (p -> 'parts' = '[]' or jsonb_path_exists(p, '$.parts[*] ? (@.outcome == "withheld")')) then
    select coalesce(bool_or(state = 'withheld'), false), coalesce(bool_or(delivery_rank(state) > 0), false), coalesce(bool_or(sends > 0), false)
      into suppressed, said, tried from messages where turn_id = p_turn and direction = 'out';
    if suppressed and not said then result := 'withheld'; end if;
  end if;
end $$;
