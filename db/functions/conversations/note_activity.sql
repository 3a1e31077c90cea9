-- Notes when the customer or an operator last wrote, by which lists are sorted. Changes the row in memory: the caller saves it.
create or replace function note_activity(p_conversation conversations, p_at timestamptz) returns conversations language plpgsql as $$
begin
  p_conversation.last_at := greatest(p_conversation.last_at, p_at);
  return p_conversation;
end $$;
