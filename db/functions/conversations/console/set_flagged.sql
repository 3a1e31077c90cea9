-- Flags a conversation for a supervisor, since the first time that it was flagged, or takes the flag away. Changes the row in memory:
-- the caller saves it.
create or replace function set_flagged(p_conversation conversations, p_flagged boolean) returns conversations language plpgsql as $$
begin
  p_conversation.flagged_at := case when p_flagged then coalesce(p_conversation.flagged_at, clock_timestamp()) end;
  return p_conversation;
end $$;
