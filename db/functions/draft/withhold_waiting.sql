-- Withholds what of the bot's waits to be sent besides this turn (a plain form, a template), because an operator has the conversation and
-- nothing is left unread that would claim it. The caller has locked the conversation; this locks the turns and their messages.
create or replace function withhold_waiting(p_conversation conversations, p_turn_id uuid) returns void language plpgsql as $$
declare
  v_turn_ids uuid[];
begin
  if p_conversation.status = 'bot' then return; end if;
  v_turn_ids := array(select id from turns where conversation_id = p_conversation.id and state = 'drafted' and id <> p_turn_id
                        and rung is distinct from 'operator');
  if v_turn_ids = '{}' then return; end if;
  update turns set state = 'withheld', ended_at = clock_timestamp() where id = any (v_turn_ids);
  update messages set state = 'withheld', updated_at = clock_timestamp()
    where turn_id = any (v_turn_ids) and direction = 'out' and state in ('draft', 'ambiguous');
end $$;
