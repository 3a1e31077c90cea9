-- A person takes the conversation: what is being written is withheld, what was sent to the bot is theirs to read.
create or replace function take_over(p_conversation uuid, p_reason text, p_summary text) returns boolean language plpgsql as $$
begin
  perform 1 from conversations where id = p_conversation for update;
  if not found then return false; end if;
  insert into handoffs (tenant_id, conversation_id, reason, summary)
    select tenant_id, id, p_reason, p_summary from conversations where id = p_conversation on conflict do nothing;
  update conversations set status = 'human' where id = p_conversation;
  return true;
end $$;
