-- A person asks for no more messages (`stop`), or takes that back (`start`): replies that were not sent yet are withheld.
create or replace function apply_choice(person users, p_conversation uuid, p_choice text, p_at timestamptz) returns users
language plpgsql as $$
begin
  update users set opted_out_at = case p_choice when 'stop' then p_at end, opt_changed_at = p_at
    where id = person.id returning * into person;
  update messages set state = 'withheld', updated_at = clock_timestamp()
    where conversation_id = p_conversation and direction = 'out' and state = 'draft' and sends = 0;
  return person;
end $$;
