-- Notes that a conversation needs no question for a rating until its customer writes again; with `p_why_until`, that the customer's next words
-- are about their rating until then. Changes the row in memory: the caller saves it.
create or replace function set_rated(p_conversation conversations, p_why_until timestamptz default null) returns conversations
language plpgsql as $$
begin
  p_conversation.rated_seq := p_conversation.received_seq;
  p_conversation.why_until := p_why_until;
  return p_conversation;
end $$;
