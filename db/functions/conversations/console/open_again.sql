-- Opens a closed conversation and wakes a snoozed one. Changes the row in memory: the caller saves it.
create or replace function open_again(p_conversation conversations) returns conversations language plpgsql as $$
begin
  p_conversation.closed_at := null;
  p_conversation.snoozed_until := null;
  return p_conversation;
end $$;
