-- True when a word that alone is an opt-out may instead answer our last message, or the one that it quotes: ours asks something, or holds
-- the word. With an operator only the second counts, because no turn decides there. Locks nothing.
create or replace function may_answer_us(p_conversation conversations, p_word text, p_quote_wa_message_id text) returns boolean language plpgsql as $$
declare
  v_said text;
begin
  if p_quote_wa_message_id is not null then
    select text into v_said from messages
      where tenant_id = p_conversation.tenant_id and wa_message_id = p_quote_wa_message_id
        and conversation_id = p_conversation.id and direction = 'out';
  end if;
  if v_said is null then
    select text into v_said from messages
      where conversation_id = p_conversation.id and direction = 'out' and state not in ('withheld', 'failed')
        and not (state = 'draft' and sends = 0)
      order by created_at desc, id desc limit 1;
  end if;
  return coalesce((p_conversation.status = 'bot' and v_said ~ '[?]') or strpos(lower(v_said), p_word) > 0, false);
end $$;
