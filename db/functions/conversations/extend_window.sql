-- Keeps Meta's window for free-form messages open until the given time at least. Changes the row in memory: the caller saves it.
create or replace function extend_window(p_conversation conversations, p_ends_at timestamptz) returns conversations language plpgsql as $$
begin
  p_conversation.window_ends_at := greatest(p_conversation.window_ends_at, p_ends_at);
  return p_conversation;
end $$;
