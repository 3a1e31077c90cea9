-- Reacts to a reply's message that Meta reported as failed: writes the same message once more as the draft of a turn of its own, which
-- makes it plainer before it is sent. Calls an operator when it was the plain form already, has no plainer one, or another send of it
-- may have arrived. Returns as apply_failure. Locks the conversation.
create or replace function draft_plain_form(p_message_id uuid) returns jsonb language plpgsql as $$
declare
  v_message messages;
  v_rung text;
  v_conversation conversations;
  v_turn_id uuid := gen_random_uuid();
begin
  select * into v_message from messages where id = p_message_id;
  select rung into v_rung from turns where id = v_message.turn_id;
  if not found or v_message.author <> 'bot' then return null; end if;
  select * into v_conversation from conversations where id = v_message.conversation_id for update;
  if v_rung = 'plain_form' or v_message.sends > 1 or (v_message.type = 'text' and v_message.quote_wa_message_id is null) then
    return report_undelivered(v_conversation, v_message.meta_codes);
  end if;
  if v_conversation.status <> 'bot' or has_opted_out(v_conversation.customer_id) then return null; end if;
  -- It covers no message: those that came since get a turn of their own.
  insert into turns (id, tenant_id, conversation_id, epoch, through_seq, state, rung)
    values (v_turn_id, v_conversation.tenant_id, v_conversation.id, v_conversation.epoch, v_conversation.answered_seq, 'drafted', 'plain_form');
  insert into messages (tenant_id, conversation_id, direction, author, state, type, text, content, quote_wa_message_id, turn_id, sent_at)
    values (v_conversation.tenant_id, v_conversation.id, 'out', 'bot', 'draft', v_message.type, v_message.text, v_message.content,
            v_message.quote_wa_message_id, v_turn_id, clock_timestamp());
  perform save_conversation(add_unread(v_conversation, 1, clock_timestamp()));
  return '"unread"';
end $$;
