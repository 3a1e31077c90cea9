-- An operator cancels a reminder that is planned (CancelOutcome); the same person again is the same. `cancelled`: somebody else has, with their
-- name; `over`: it was sent, or cannot be any more. Whether it or its sending is first is decided here: both lock the conversation, then the reminder.
create or replace function cancel_reminder(p_tenant_id uuid, p_operator_id uuid, p_conversation_id uuid, p_reminder_id uuid) returns jsonb
language plpgsql set lock_timeout = '2s' as $$
declare
  v_conversation conversations := lock_conversation(p_tenant_id, p_conversation_id);
  v_reminder reminders;
begin
  select * into v_reminder from reminders
    where id = p_reminder_id and conversation_id = v_conversation.id and tenant_id = p_tenant_id for update;
  if v_reminder.id is null then return jsonb_build_object('outcome', 'not_found'); end if;
  if v_reminder.state = 'cancelled' and v_reminder.cancelled_by = p_operator_id then return jsonb_build_object('outcome', 'done'); end if;
  if v_reminder.state = 'cancelled' then
    return jsonb_build_object('outcome', 'cancelled',
      'by', (select jsonb_build_object('id', o.id, 'name', o.name) from operators o where o.id = v_reminder.cancelled_by));
  end if;
  if v_reminder.state <> 'waiting' or v_reminder.late_at <= clock_timestamp() then return jsonb_build_object('outcome', 'over'); end if;
  update reminders set state = 'cancelled', cancelled_at = clock_timestamp(), cancelled_by = p_operator_id where id = v_reminder.id;
  return jsonb_build_object('outcome', 'done');
end $$;
