-- Returns a page of the conversations with a tag (StoredListPage), within one of the lists, behind a cursor; by who wrote last, also where
-- the list alone has another order. Reads all conversations of the tag: a tag is put on by hand.
create or replace function list_tagged(
  p_tenant_id uuid, p_operator_id uuid, p_list text, p_tag text, p_after_at timestamptz, p_after_id uuid) returns jsonb
language plpgsql stable set jit = off as $$
declare
  v_ids uuid[];
  v_places timestamptz[];
begin
  select array_agg(id), array_agg(last_at) into v_ids, v_places from (
    select c.id, c.last_at from conversation_tags t join conversations c on c.id = t.conversation_id
      where t.tenant_id = p_tenant_id and t.tag = p_tag and c.tenant_id = p_tenant_id
        and case p_list
          when 'all' then true
          when 'closed' then c.closed_at is not null
          when 'flagged' then c.flagged_at is not null
          when 'snoozed' then c.snoozed_until > clock_timestamp()
          when 'mine' then c.assignee_id = p_operator_id and c.closed_at is null
          when 'bot' then c.status = 'bot' and c.closed_at is null
          when 'waiting' then c.closed_at is null and exists (
            select from handoffs where conversation_id = c.id and handed_back_at is null and taken_at is null) end
        and (p_list in ('snoozed', 'flagged', 'closed') or c.closed_at is not null or coalesce(c.snoozed_until <= clock_timestamp(), true))
        and (c.last_at, c.id) < (coalesce(p_after_at, 'infinity'), coalesce(p_after_id, 'ffffffff-ffff-ffff-ffff-ffffffffffff'))
      order by c.last_at desc, c.id desc limit 51) page;
  return list_page_json(v_ids, v_places, p_operator_id);
end $$;
