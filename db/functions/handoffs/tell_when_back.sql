-- Tells a customer once when people are back who writes outside opening hours while they wait for one; the bot goes on from their next
-- message. Changes the conversation in memory: the caller has locked and saves it; this locks the handoff.
create or replace function tell_when_back(p_conversation conversations) returns conversations language plpgsql as $$
declare
  v_notice jsonb;
begin
  update handoffs set away_told_at = clock_timestamp()
    where conversation_id = p_conversation.id and handed_back_at is null and taken_at is null and away_told_at is null
      and extract(epoch from clock_timestamp()) * 1000
          between (notices -> 'away' ->> 'fromMs')::bigint and (notices -> 'away' ->> 'untilMs')::bigint - 1
    returning notices -> 'away' into v_notice;
  if v_notice is null then return p_conversation; end if;
  return draft_notice(p_conversation, v_notice);
end $$;
