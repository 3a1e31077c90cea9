-- Writes a turn whose reply is a template and has only to be sent. The caller has locked the conversation.
create or replace function draft_template(p_conversation conversations, p_template text, p_language_code text) returns void language plpgsql as $$
declare
  v_turn_id uuid := gen_random_uuid();
begin
  insert into turns (id, tenant_id, conversation_id, epoch, through_seq, state, rung)
    values (v_turn_id, p_conversation.tenant_id, p_conversation.id, p_conversation.epoch, p_conversation.received_seq + 1, 'drafted', 'template');
  insert into messages (tenant_id, conversation_id, direction, author, state, type, text, content, turn_id, sent_at)
    values (p_conversation.tenant_id, p_conversation.id, 'out', 'bot', 'draft', 'template', '[template ' || p_template || ']',
            jsonb_build_object('kind', 'template', 'name', p_template, 'languageCode', p_language_code), v_turn_id, clock_timestamp());
end $$;
