-- Returns what is around an open conversation: its handoff, the note for the bot, the withheld reply and the customer.
create or replace function conversation_state_json(p_conversation conversations) returns jsonb language sql stable as $$
  select jsonb_build_object(
    'handoff', (select handoff_json(h) from handoffs h where h.conversation_id = p_conversation.id and h.handed_back_at is null),
    'botNote', p_conversation.bot_note, 'withheld', withheld_json(p_conversation),
    'customer', customer_panel_json(p_conversation))
$$;
