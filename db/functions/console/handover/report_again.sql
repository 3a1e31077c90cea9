-- Gives handoffs back that could not be reported, so that untaken_handoffs returns them again, five times in all. Locks the handoffs.
create or replace function report_again(p_handoff_ids uuid[]) returns void language plpgsql as $$
begin
  update handoffs set reminders = 0, reminded_at = null, report_failures = report_failures + 1
    where id = any (p_handoff_ids) and reminders = 1 and taken_at is null;
end $$;
