-- A person gives the conversation back: the pause after an answer from the phone is over as well.
create or replace function hand_back(p_conversation uuid) returns boolean language plpgsql as $$
begin
  perform 1 from conversations where id = p_conversation for update;
  update handoffs set handed_back_at = clock_timestamp() where conversation_id = p_conversation and handed_back_at is null;
  update conversations set status = 'bot', bot_resumes_at = null where id = p_conversation and status = 'human';
  return found;
end $$;
