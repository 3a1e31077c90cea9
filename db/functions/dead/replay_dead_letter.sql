-- Makes the messages of a dead letter unread again, so that the next turn composes a new reply. What was sent stays sent; what was not
-- is withheld. Changes nothing when the bot could not answer. Locks the conversation, then the turn and its messages.
create or replace function replay_dead_letter(p_turn_id uuid) returns jsonb language plpgsql as $$
declare
  v_conversation conversations;
  v_replayed integer;
begin
  select * into v_conversation from conversations where id = (select conversation_id from turns where id = p_turn_id) for update;
  perform from turns where id = p_turn_id and state = 'dead' for update;
  if not found then
    return jsonb_build_object('outcome', 'not_found');
  elsif v_conversation.status <> 'bot' then
    return jsonb_build_object('outcome', 'with_operator');
  elsif not coalesce(v_conversation.window_ends_at > clock_timestamp(), false) then
    return jsonb_build_object('outcome', 'window_closed');
  end if;
  update messages m set state = 'received', turn_id = null, seq = v_conversation.received_seq + n.place, updated_at = clock_timestamp()
    from (select id, row_number() over (order by sent_at, seq) as place
            from messages where turn_id = p_turn_id and direction = 'in' and state = 'dead') n
    where m.id = n.id;
  get diagnostics v_replayed = row_count;
  update messages set state = 'withheld', updated_at = clock_timestamp()
    where turn_id = p_turn_id and direction = 'out' and state = 'draft';
  update turns set state = 'replayed' where id = p_turn_id;
  perform save_conversation(add_unread(v_conversation, v_replayed, clock_timestamp()));
  return jsonb_build_object('outcome', 'replayed', 'messages', v_replayed);
end $$;
