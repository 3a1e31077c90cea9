-- Returns what a message says about a rating: `score` for a tap on our question, `why` for words that follow one; null for all else, which a
-- turn answers. Whoever asks something or reports a problem wants an answer (`p_asks`), whatever we asked, and an operator
-- reads all words. Locks nothing.
create or replace function rating_in(p_conversation conversations, p_type text, p_content jsonb, p_asks boolean) returns text
language plpgsql stable as $$
begin
  return case
    when p_type = 'interactive' and p_content -> 'list_reply' ->> 'id' like 'rating:%' then 'score'
    when p_type = 'text' and not coalesce(p_asks, false) and p_conversation.status = 'bot'
      and p_conversation.why_until > clock_timestamp() then 'why' end;
end $$;
