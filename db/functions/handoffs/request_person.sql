-- Opens the handoff that a turn asks for; false when one is open already. A customer who asks again while nobody has come gets a new one in
-- place of the old, and waits anew. The caller has locked the conversation, and assigns it.
create or replace function request_person(p_conversation conversations, p_turn_id uuid, p_handoff jsonb) returns boolean language plpgsql as $$
begin
  if p_handoff ->> 'reason' <> 'repeating' then
    update handoffs set handed_back_at = clock_timestamp()
      where conversation_id = p_conversation.id and handed_back_at is null and taken_at is null;
  end if;
  insert into handoffs (tenant_id, conversation_id, turn_id, reason, summary, due_at, notices)
    values (p_conversation.tenant_id, p_conversation.id, p_turn_id, p_handoff ->> 'reason', p_handoff ->> 'summary',
            coalesce(to_timestamp((p_handoff ->> 'dueAtMs')::bigint / 1000.0), clock_timestamp() + interval '30 minutes'),
            coalesce(p_handoff -> 'notices', '{}'))
    on conflict do nothing;
  return found;
end $$;
