-- Writes down how often a customer said the same in a row, and how often they answered at once (Repeat); null: nothing yet. Changes the
-- row in memory: the caller saves it.
create or replace function count_repeat(p_conversation conversations, p_repeat jsonb) returns conversations language plpgsql as $$
begin
  p_conversation.repeat_key := p_repeat ->> 'key';
  p_conversation.repeat_count := coalesce((p_repeat ->> 'count')::integer, 0);
  p_conversation.at_once := coalesce((p_repeat ->> 'atOnce')::integer, 0);
  return p_conversation;
end $$;
