-- Whoever began this turn does not know of it, because the answer that said so was lost: as if it had never begun.
create or replace function release_turn(p_turn uuid) returns void language plpgsql as $$
declare
  talk conversations;
begin
  select * into talk from conversations where id = (select conversation_id from turns where id = p_turn) for update;
  update turns set state = 'abandoned', ended_at = clock_timestamp()
    where id = p_turn and state = 'running' and epoch = talk.epoch;
  if found then
    update conversations set lease_expires_at = null, attempts = talk.attempts - 1 where id = talk.id;
  end if;
end $$;
