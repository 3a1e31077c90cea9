-- Takes the lease of an unread conversation and returns everything that its turn needs (Claim); null when
-- nothing is unread or another process holds it. Locks the conversation first, then its turns and messages; counters come last.
create or replace function claim_turn(p_conversation_id uuid, p_turn_id uuid, p_lease_ms integer) returns json language plpgsql
set plan_cache_mode = force_generic_plan set lock_timeout = '2s' as $$
declare
  v_conversation conversations;
  v_tenant tenants;
  v_customer customers;
  v_resumed record;
  v_draft turns;
  v_pending json;
begin
  select * into v_conversation from conversations where id = p_conversation_id for update;
  if v_conversation.id is null or v_conversation.received_seq <= v_conversation.answered_seq or is_leased(v_conversation) then
    return null;
  end if;
  update turns set state = 'abandoned', ended_at = clock_timestamp()
    where conversation_id = v_conversation.id and state = 'running';

  v_resumed := resume_draft(v_conversation);
  v_conversation := v_resumed.p_conversation;
  v_draft := v_resumed.o_draft;
  if v_draft.id is null then
    if v_conversation.status <> 'bot' then
      v_conversation := mark_answered(v_conversation, v_conversation.received_seq, null);
    end if;
    select json_agg(transcript_json(m) order by m.sent_at, m.seq) into v_pending
      from messages m where m.conversation_id = v_conversation.id and m.seq > v_conversation.answered_seq and m.state = 'received';
    -- An operator has decided an act, and its customer is to be told.
    if v_pending is null and v_conversation.status = 'bot' and exists (
        select from acts where conversation_id = v_conversation.id and decided_at is not null and told_at is null) then
      v_pending := '[]';
    end if;
    if v_pending is null then
      v_conversation := mark_answered(v_conversation, v_conversation.received_seq, null);
      perform save_conversation(change_lease(v_conversation, 'close'));
      perform raise_counters(v_conversation.tenant_id, v_resumed.o_counters);
      return null;
    end if;
  end if;

  select * into v_tenant from tenants where id = v_conversation.tenant_id;
  select * into v_customer from customers where id = v_conversation.customer_id;
  if v_draft.id is null then
    return start_turn(v_conversation, v_tenant, v_customer, p_turn_id, p_lease_ms, v_pending, v_resumed.o_counters);
  end if;
  v_conversation := take_lease(v_conversation, p_lease_ms, v_resumed.o_counters);
  return claim_json(v_conversation, v_tenant, v_customer, v_draft, '[]', v_resumed.o_unsent, v_resumed.o_handoff);
end $$;
