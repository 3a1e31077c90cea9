-- Keeps the reminder of an act that was executed (ActReminder), in the place of those of the same appointment. Nothing is kept when its time
-- has passed, or for a customer who wants no messages. The caller has locked the conversation; this locks its reminders.
create or replace function keep_reminder(p_act acts, p_reminder jsonb) returns void language plpgsql as $$
declare
  v_keep jsonb := nullif(p_reminder -> 'keep', 'null');
  v_starts_at timestamptz := to_timestamp((v_keep ->> 'startsAtMs')::float8 / 1000);
  v_due_at timestamptz := to_timestamp((v_keep ->> 'dueAtMs')::float8 / 1000);
begin
  -- A message that was written and not yet sent is withheld with it.
  delete from reminders where conversation_id = p_act.conversation_id and key in (p_reminder ->> 'forget', v_keep ->> 'key');
  if v_keep is null or v_due_at <= clock_timestamp() or has_opted_out(p_act.customer_id) then return; end if;
  insert into reminders (tenant_id, conversation_id, act_id, key, starts_at, due_at, late_at, next_at, template, language_code, template_values)
    values (p_act.tenant_id, p_act.conversation_id, p_act.id, v_keep ->> 'key', v_starts_at, v_due_at,
            least(v_due_at + interval '2 hours', v_starts_at), v_due_at, v_keep ->> 'template', v_keep ->> 'languageCode', v_keep -> 'values');
end $$;
