-- Does with a due reminder what was found out about its template (SettleReminder): writes it down as a message of a turn that has only to be
-- sent, keeps why it never can be, or puts it off. Returns what became of it: `written`, `failed`, `opted_out`, `unreachable`, or null when
-- nothing was done, because the conversation is busy or another process was here first. Locks the conversation first, then the reminder.
create or replace function settle_reminder(p_settle jsonb) returns text language plpgsql set lock_timeout = '2s' as $$
declare
  v_id uuid := (p_settle ->> 'id')::uuid;
  v_conversation conversations;
  v_reminder reminders;
  v_refused text;
begin
  select * into v_conversation from conversations where id = (select conversation_id from reminders where id = v_id) for update;
  select * into v_reminder from reminders
    where id = v_id and conversation_id = v_conversation.id and state = 'waiting' and late_at > clock_timestamp() for update;
  if v_reminder.id is null then return null; end if;
  if p_settle ->> 'outcome' = 'later' then
    update reminders set next_at = clock_timestamp() + interval '5 minutes', reason = p_settle ->> 'reason' where id = v_id;
    return null;
  end if;
  select case when opted_out_at is not null then 'opted_out' when unreachable_at is not null then 'unreachable' end into v_refused
    from customers where id = v_conversation.customer_id;
  if v_refused is not null or p_settle ->> 'outcome' = 'failed' then
    update reminders set state = 'failed', reason = coalesce(v_refused, p_settle ->> 'reason') where id = v_id;
    return coalesce(v_refused, 'failed');
  end if;
  if v_conversation.status <> 'bot' or v_conversation.received_seq > v_conversation.answered_seq or is_leased(v_conversation) then
    return null;
  end if;
  perform save_conversation(draft_reminder(v_conversation, v_reminder, p_settle));
  return 'written';
end $$;
