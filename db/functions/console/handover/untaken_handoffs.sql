-- Returns the companies with handoffs that nobody has taken in the minutes that they set (UntakenHandoffs), each handoff once; when its
-- wait spans closed hours, not before the wait is over. It counts as the first reminder of the day (remind_companies). Locks
-- handoffs, without waiting.
create or replace function untaken_handoffs(p_limit integer) returns jsonb language plpgsql as $$
declare
  v_ids uuid[] := array(
    select h.id from handoffs h join tenants t on t.id = h.tenant_id
      where h.handed_back_at is null and h.taken_at is null and h.reminders = 0 and h.report_failures < 5
        and h.reason not in ('repeating', 'budget_number')
        and greatest(case when h.notices ? 'away' then h.due_at end,
                     h.opened_at + make_interval(mins => (tenant_setting(t.settings, 'reportAfterMin') ->> 0)::integer)) <= clock_timestamp()
      order by h.opened_at, h.id limit p_limit for update of h skip locked);
begin
  update handoffs set reminders = 1, reminded_at = clock_timestamp() where id = any (v_ids);
  return (
    select coalesce(jsonb_agg(jsonb_build_object('companyName', t.profile ->> 'name', 'companyLanguage', t.profile ->> 'language',
        'waiting', r.waiting, 'longestS', floor(extract(epoch from clock_timestamp() - r.oldest)), 'handoffIds', r.ids) order by t.id), '[]')
      from (select tenant_id, count(*) as waiting, min(opened_at) as oldest, jsonb_agg(id) as ids
              from handoffs where id = any (v_ids) group by tenant_id) r
      join tenants t on t.id = r.tenant_id);
end $$;
