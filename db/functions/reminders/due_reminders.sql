-- Returns the reminders that are to be sent now (DueReminder), and those that have become too late for that, each once: `missed`. A
-- conversation that is being answered, or that an operator has, is passed over until the next call. Locks late reminders, without
-- waiting for any.
create or replace function due_reminders(p_limit integer) returns jsonb language plpgsql as $$
declare
  v_missed jsonb;
begin
  with late as (
    select id from reminders where state = 'waiting' and next_at <= clock_timestamp() and late_at <= clock_timestamp()
      order by next_at limit p_limit for update skip locked),
  missed as (
    update reminders r set state = 'missed' from late where r.id = late.id returning r.id, r.conversation_id, r.reason)
  select coalesce(jsonb_agg(jsonb_build_object('id', id, 'conversationId', conversation_id, 'reason', reason)), '[]') into v_missed from missed;
  return jsonb_build_object('missed', v_missed, 'due', (
    select coalesce(jsonb_agg(jsonb_build_object('id', d.id, 'conversationId', d.conversation_id, 'phoneNumberId', d.phone_number_id,
        'template', d.template, 'languageCode', d.language_code, 'values', d.template_values)), '[]')
      from (select r.*, t.phone_number_id from reminders r
              join conversations c on c.id = r.conversation_id join tenants t on t.id = r.tenant_id
              where r.state = 'waiting' and r.next_at <= clock_timestamp() and r.late_at > clock_timestamp()
                and c.status = 'bot' and c.received_seq <= c.answered_seq and not is_leased(c)
              order by r.next_at limit p_limit) d));
end $$;
