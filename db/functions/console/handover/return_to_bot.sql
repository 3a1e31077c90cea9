-- Gives a conversation that a person has left alone back to the bot (ReturnOrder): leaves a note for operators, drafts the notice for the
-- customer, and with `answer` makes unread what nobody has answered. Returns what operators hear (Returned); null when somebody came back
-- meanwhile. Locks the conversation, without waiting for it, then its handoff and messages.
create or replace function return_to_bot(p_order jsonb) returns jsonb language plpgsql as $$
declare
  v_conversation conversations;
  v_tenant tenants;
  v_why text;
  v_from timestamptz;
  v_count integer := 0;
begin
  select * into v_conversation from conversations where id = (p_order ->> 'conversationId')::uuid for update skip locked;
  if v_conversation.id is null then return null; end if;
  select * into v_tenant from tenants where id = v_conversation.tenant_id;
  select o_why into v_why from person_idle(v_conversation, (tenant_setting(v_tenant.settings, 'returnAfterMin') ->> 0)::integer);
  if v_why is distinct from p_order ->> 'why' then return null; end if;
  v_from := coalesce(operator_spoke_at(v_conversation.id),
                     (select opened_at from handoffs where conversation_id = v_conversation.id and handed_back_at is null));
  perform close_handoff(v_conversation.id);
  v_conversation := count_repeat(assign_conversation(v_conversation, 'bot'), null);
  if p_order ->> 'notice' is not null then v_conversation := draft_notice(v_conversation, p_order -> 'notice'); end if;
  if (p_order ->> 'answer')::boolean then
    update messages m set seq = v_conversation.received_seq + n.place
      from (select id, row_number() over (order by sent_at, seq) as place from messages
              where conversation_id = v_conversation.id and direction = 'in' and state = 'received' and turn_id is null and seq is not null
                and created_at > v_from) n
      where m.id = n.id;
    get diagnostics v_count = row_count;
    v_conversation := add_unread(v_conversation, v_count, clock_timestamp());
  end if;
  -- A silence that asks for a rating begins anew.
  if p_order ->> 'notice' is not null then v_conversation := note_activity(v_conversation, clock_timestamp()); end if;
  insert into notes (tenant_id, conversation_id, text) values (v_conversation.tenant_id, v_conversation.id, p_order ->> 'note');
  perform save_conversation(v_conversation);
  return jsonb_build_object('conversationId', v_conversation.id, 'companyName', v_tenant.profile ->> 'name', 'why', v_why);
end $$;
