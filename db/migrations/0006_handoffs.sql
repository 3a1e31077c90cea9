-- Conversations change hands: from the bot to a person and back.

-- A person takes the conversation: what is being written is withheld, what was sent to the bot is theirs to read.
create function take_over(p_conversation uuid, p_reason text, p_summary text) returns boolean language plpgsql as $$
begin
  perform 1 from conversations where id = p_conversation for update;
  if not found then return false; end if;
  insert into handoffs (tenant_id, conversation_id, reason, summary)
    select tenant_id, id, p_reason, p_summary from conversations where id = p_conversation on conflict do nothing;
  update conversations set status = 'human' where id = p_conversation;
  return true;
end $$;

create function hand_back(p_conversation uuid) returns boolean language plpgsql as $$
begin
  perform 1 from conversations where id = p_conversation for update;
  update handoffs set handed_back_at = clock_timestamp() where conversation_id = p_conversation and handed_back_at is null;
  update conversations set status = 'bot' where id = p_conversation and status = 'human';
  return found;
end $$;
