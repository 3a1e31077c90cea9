-- Keeps a score or the words about it (`rating_in`), and thanks for it where a notice may be sent. Only a tap on the question that this
-- customer was asked counts, once, within a week; a low score flags the conversation. Changes the conversation in memory: the caller has
-- locked and saves it. Locks the rating.
create or replace function take_rating(p_conversation conversations, p_kind text, p_content jsonb, p_text text) returns conversations
language plpgsql as $$
declare
  v_id text[] := string_to_array(p_content -> 'list_reply' ->> 'id', ':');
  v_rating csat;
  v_notice jsonb;
begin
  if p_kind = 'score' then
    update csat set score = v_id[3]::smallint, answered_at = clock_timestamp()
      where id::text = v_id[2] and v_id[3] ~ '^[1-5]$' and conversation_id = p_conversation.id and not_asked is null and score is null
        and created_at > clock_timestamp() - interval '7 days' returning * into v_rating;
    v_notice := v_rating.notices -> 'why';
  else
    update csat set comment = left(p_text, 1000)
      where id = (select id from csat where conversation_id = p_conversation.id and score is not null order by answered_at desc limit 1)
        and comment is null returning * into v_rating;
    v_notice := v_rating.notices -> 'thanks';
  end if;
  if v_rating.id is null then return p_conversation; end if;
  if v_rating.score <= 2 then p_conversation := set_flagged(p_conversation, true); end if;
  -- A turn in progress, or an operator, says what is to be said.
  if p_conversation.status <> 'bot' or p_conversation.received_seq > p_conversation.answered_seq or is_leased(p_conversation)
     or has_opted_out(p_conversation.customer_id) then
    return set_rated(p_conversation);
  end if;
  p_conversation := draft_notice(p_conversation, v_notice);
  return set_rated(p_conversation, case when p_kind = 'score' then clock_timestamp() + interval '15 minutes' end);
end $$;
