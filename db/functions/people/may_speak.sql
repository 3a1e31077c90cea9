-- Whether a reply of this turn may go out now: the bot has the conversation, or the turn itself has called whoever has it; and the
-- reader has not asked for no more messages since.
create or replace function may_speak(talk conversations, p_turn uuid, p_through bigint) returns boolean language plpgsql as $$
declare
  stopped_at timestamptz;
begin
  if talk.status <> 'bot' and not exists (select from handoffs where turn_id = p_turn and handed_back_at is null) then
    return false;
  end if;
  select opt_changed_at into stopped_at from users where id = talk.user_id and opted_out_at is not null;
  return stopped_at is null or not exists (
    select from messages where conversation_id = talk.id and sent_at = stopped_at and opt = 'stop'
      and (seq is null or seq > p_through));
end $$;
