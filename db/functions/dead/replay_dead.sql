-- What a dead turn covered is pending again, as if it had just come: the next turn composes a new reply. What was sent
-- stays sent; a part that was not is given up. Nothing is done where the bot could not answer anyway.
create or replace function replay_dead(p_turn uuid) returns jsonb language plpgsql as $$
declare
  talk conversations;
  replayed integer;
begin
  select * into talk from conversations where id = (select conversation_id from turns where id = p_turn) for update;
  perform from turns where id = p_turn and state = 'dead' for update;
  if not found then
    return jsonb_build_object('outcome', 'not_found');
  elsif talk.status <> 'bot' then
    return jsonb_build_object('outcome', 'with_person');
  elsif not coalesce(talk.window_ends_at > clock_timestamp(), false) then
    return jsonb_build_object('outcome', 'window_closed');
  end if;
  update messages m set state = 'received', turn_id = null, seq = talk.received_seq + n.place, updated_at = clock_timestamp()
    from (select id, row_number() over (order by sent_at, seq) as place
            from messages where turn_id = p_turn and direction = 'in' and state = 'dead') n
    where m.id = n.id;
  get diagnostics replayed = row_count;
  update messages set state = 'withheld', updated_at = clock_timestamp()
    where turn_id = p_turn and direction = 'out' and state = 'draft';
  update turns set state = 'replayed' where id = p_turn;
  update conversations set received_seq = talk.received_seq + replayed, open_since = coalesce(talk.open_since, clock_timestamp())
    where id = talk.id and replayed > 0;
  return jsonb_build_object('outcome', 'replayed', 'messages', replayed);
end $$;
