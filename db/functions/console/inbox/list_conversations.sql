-- Returns a page of a list of the inbox (StoredListPage) behind a cursor. Each list reads 51 rows of its own index in its order: by time
-- waited, or by who wrote last. A snoozed conversation is in no list but `snoozed`, `flagged` and `closed` until it wakes.
create or replace function list_conversations(
  p_tenant_id uuid, p_operator_id uuid, p_list text, p_after_at timestamptz, p_after_id uuid) returns jsonb
language plpgsql stable set jit = off as $$
declare
  v_now timestamptz := clock_timestamp();
  v_at timestamptz := coalesce(p_after_at, case when p_list = 'waiting' then '-infinity' else 'infinity' end::timestamptz);
  v_id uuid := coalesce(p_after_id, case when p_list = 'waiting' then '00000000-0000-0000-0000-000000000000'
                                         else 'ffffffff-ffff-ffff-ffff-ffffffffffff' end::uuid);
  v_ids uuid[];
  v_places timestamptz[];
begin
  if p_list = 'waiting' then
    select array_agg(id), array_agg(opened_at) into v_ids, v_places from (
      select c.id, h.opened_at from handoffs h join conversations c on c.id = h.conversation_id
        where h.tenant_id = p_tenant_id and h.handed_back_at is null and h.taken_at is null
          and (h.opened_at, h.conversation_id) > (v_at, v_id)
          and c.closed_at is null and coalesce(c.snoozed_until <= v_now, true)
        order by h.opened_at, h.conversation_id limit 51) page;
  elsif p_list = 'mine' then
    select array_agg(id), array_agg(last_at) into v_ids, v_places from (
      select id, last_at from conversations
        where assignee_id = p_operator_id and tenant_id = p_tenant_id and closed_at is null
          and coalesce(snoozed_until <= v_now, true) and (last_at, id) < (v_at, v_id)
        order by last_at desc, id desc limit 51) page;
  elsif p_list = 'flagged' then
    select array_agg(id), array_agg(last_at) into v_ids, v_places from (
      select id, last_at from conversations
        where tenant_id = p_tenant_id and flagged_at is not null and (last_at, id) < (v_at, v_id)
        order by last_at desc, id desc limit 51) page;
  elsif p_list = 'snoozed' then
    select array_agg(id), array_agg(last_at) into v_ids, v_places from (
      select id, last_at from conversations
        where tenant_id = p_tenant_id and snoozed_until > v_now and (last_at, id) < (v_at, v_id)
        order by last_at desc, id desc limit 51) page;
  else
    -- One index by owner: `all` is the newest of each.
    select array_agg(id), array_agg(last_at) into v_ids, v_places from (
      select c.id, c.last_at from unnest(case p_list when 'bot' then array['bot'] when 'closed' then array['closed']
                                           else array['bot', 'human', 'other_app', 'closed'] end) as owner (name)
        cross join lateral (
          select id, last_at from conversations
            where tenant_id = p_tenant_id and case when closed_at is not null then 'closed' else status end = owner.name
              and (owner.name = 'closed' or coalesce(snoozed_until <= v_now, true)) and (last_at, id) < (v_at, v_id)
            order by last_at desc, id desc limit 51) c
        order by c.last_at desc, c.id desc limit 51) page;
  end if;
  return list_page_json(v_ids, v_places, p_operator_id);
end $$;
