-- Records which messages a turn has answered, or given up. The caller has locked the conversation; this locks its messages.
create or replace function cover_messages(p_conversation conversations, p_turn_id uuid, p_through_seq bigint, p_result text) returns void language plpgsql as $$
begin
  update messages set turn_id = p_turn_id, state = case when p_result = 'dead' then 'dead' else state end
    where conversation_id = p_conversation.id and direction = 'in' and turn_id is null
      and seq > p_conversation.answered_seq and seq <= p_through_seq;
end $$;
