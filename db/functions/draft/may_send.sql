-- True while a reply of this turn may be sent: the bot has the conversation, or this turn opened the handoff itself; and the customer
-- has not opted out since the messages that it answers. An operator's message may be whoever has the conversation, unless the customer
-- has opted out. A reminder only while its appointment stands, and in time.
create or replace function may_send(p_conversation conversations, p_turn_id uuid, p_through_seq bigint) returns boolean language plpgsql as $$
declare
  v_opted_out_at timestamptz;
begin
  if p_conversation.status <> 'bot' then
    if not exists (select from handoffs where turn_id = p_turn_id and handed_back_at is null) then
      return exists (select from turns where id = p_turn_id and rung = 'operator') and not has_opted_out(p_conversation.customer_id);
    end if;
  end if;
  if not may_remind(p_conversation.id, p_turn_id) then return false; end if;
  select opt_changed_at into v_opted_out_at from customers where id = p_conversation.customer_id and opted_out_at is not null;
  return v_opted_out_at is null or not exists (
    select from messages where conversation_id = p_conversation.id and sent_at = v_opted_out_at and opt = 'stop'
      and (seq is null or seq > p_through_seq));
end $$;
