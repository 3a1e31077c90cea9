-- Returns the companies whose handoffs nobody has taken although they are due (HandoffReminder), each handoff once a day and three times
-- in all. Not those about another bot, nor those of a closed number, of which the company hears as one. Locks handoffs, without waiting.
create or replace function remind_companies(p_limit integer) returns jsonb language plpgsql as $$
declare
  v_ids uuid[] := array(
    select id from handoffs
      where handed_back_at is null and taken_at is null and due_at <= clock_timestamp() and reason not in ('repeating', 'budget_number')
        and reminders < 3 and coalesce(reminded_at <= clock_timestamp() - interval '24 hours', true)
      order by due_at, id limit p_limit for update skip locked);
begin
  update handoffs set reminders = reminders + 1, reminded_at = clock_timestamp() where id = any (v_ids);
  return (
    select coalesce(jsonb_agg(jsonb_build_object('companyName', t.profile ->> 'name',
                                                 'companyLanguage', t.profile ->> 'language', 'waiting', r.waiting,
                                                 'longestS', floor(extract(epoch from clock_timestamp() - r.oldest))) order by t.id), '[]')
      from (select tenant_id, count(*) as waiting, min(opened_at) as oldest from handoffs where id = any (v_ids) group by tenant_id) r
      join tenants t on t.id = r.tenant_id);
end $$;
