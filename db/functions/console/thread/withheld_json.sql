-- Returns the bot's reply that was withheld because a person took over, while nobody has written to the customer since; else null.
create or replace function withheld_json(p_conversation conversations) returns jsonb language sql stable as $$
  select jsonb_build_object('text', string_agg(text, E'\n\n' order by created_at, id), 'at', epoch_ms(max(created_at))) from (
      select *, first_value(turn_id) over (order by created_at desc, id desc) as newest from (
        select * from messages where conversation_id = p_conversation.id order by created_at desc, id desc limit 50) m
      where m.direction = 'out') sent
    where p_conversation.status = 'human' and state = 'withheld' and author = 'bot' and turn_id = newest and text is not null
    having count(*) > 0
$$;
