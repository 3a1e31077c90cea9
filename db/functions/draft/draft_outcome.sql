-- Decides the outcome of a draft (DraftOutcome), from a conversation that the caller has locked.
create or replace function draft_outcome(p_conversation conversations, p_draft jsonb) returns text language plpgsql as $$
begin
  if p_conversation.status <> 'bot' then return 'taken_over'; end if;
  if p_conversation.received_seq > (p_draft ->> 'throughSeq')::bigint then
    -- A customer who has opted out is not sent what was composed before that.
    if not (p_draft ->> 'evenIfOvertaken')::boolean or has_opted_out(p_conversation.customer_id) then return 'overtaken'; end if;
  end if;
  if coalesce(p_conversation.window_ends_at <= clock_timestamp(), true)
     and jsonb_path_exists(p_draft, '$.parts[*] ? (@.message.kind != "template")') then
    return 'window_closed';
  end if;
  return case when may_send(p_conversation, (p_draft ->> 'turnId')::uuid, (p_draft ->> 'throughSeq')::bigint)
    then 'send' else 'taken_over' end;
end $$;
