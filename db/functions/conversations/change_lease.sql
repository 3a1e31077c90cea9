-- All changes of a lease: who may answer a conversation, until when, and after how many attempts. A new epoch makes every later write
-- of an earlier holder come to nothing. By the database's clock. Changes the row in memory: the caller saves it.
create or replace function change_lease(p_conversation conversations, p_step text, p_ms integer default null) returns conversations
language plpgsql as $$
begin
  p_conversation.lease_expires_at := case when p_step in ('take', 'extend') then clock_timestamp() + p_ms * interval '1 millisecond' end;
  case p_step
    when 'take' then
      p_conversation.epoch := p_conversation.epoch + 1;
      p_conversation.attempts := p_conversation.attempts + 1;
      p_conversation.retry_at := null;
    when 'extend' then null;
    -- The turn was overtaken: the next one may start at once.
    when 'release' then null;
    -- The process that should hold the lease never learned of it.
    when 'undo' then
      p_conversation.attempts := p_conversation.attempts - 1;
    -- A write of this holder may still arrive.
    when 'retry' then
      p_conversation.epoch := p_conversation.epoch + 1;
      p_conversation.retry_at := clock_timestamp() + p_ms * interval '1 millisecond';
    -- The holder may repeat its last write, so the epoch stays.
    when 'end' then
      p_conversation.attempts := 0;
      p_conversation.retry_at := null;
    -- Nothing is unread; a draft of an earlier holder may still arrive.
    when 'close' then
      p_conversation.epoch := p_conversation.epoch + 1;
      p_conversation.attempts := 0;
      p_conversation.retry_at := null;
  end case;
  return p_conversation;
end $$;
