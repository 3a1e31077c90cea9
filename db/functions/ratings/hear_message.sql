-- What a new message of its customer changes in a conversation: a rating is kept, anything else is for whoever answers. Changes the
-- conversation in memory: the caller has locked and saves it. Locks the rating.
create or replace function hear_message(p_conversation conversations, p_message messages, p_rating text, p_standby boolean) returns conversations
language plpgsql as $$
begin
  if p_rating is not null then
    p_conversation := extend_window(p_conversation, p_message.sent_at + interval '24 hours');
    return take_rating(p_conversation, p_rating, p_message.content, p_message.text);
  end if;
  -- Their next words are about this, no more about a rating.
  if p_conversation.why_until is not null then p_conversation := set_rated(p_conversation); end if;
  return customer_wrote(p_conversation, p_message.sent_at, p_standby);
end $$;
