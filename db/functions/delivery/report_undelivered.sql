-- Calls an operator because Meta refused a reply for good; null when an operator has the conversation already, or the customer wants no
-- messages. The caller has locked the conversation, which is saved here.
create or replace function report_undelivered(p_conversation conversations, p_meta_codes jsonb) returns jsonb language plpgsql as $$
begin
  if p_conversation.status <> 'bot' or has_opted_out(p_conversation.customer_id) then return null; end if;
  return call_operator(p_conversation, 'not_delivered',
    'The answer could not be delivered: Meta refused it' || coalesce(' with code ' || (p_meta_codes ->> 0), '') || '.');
end $$;
