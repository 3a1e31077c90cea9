-- Finds words that are in many messages: walks the conversations from the one that was last active before the given place, and reads the
-- newest 100 messages of each, until there are enough or `p_budget` messages are read; then the last row is the place where it stopped,
-- without a message.
create or replace function search_walk(
  p_tenant_id uuid, p_query tsquery, p_before_at timestamptz, p_before_id uuid, p_without uuid[], p_wanted integer, p_budget integer)
returns table (o_id uuid, o_at timestamptz, o_message_id uuid) language plpgsql stable set jit = off as $$
declare
  v_found integer := 0;
  v_read bigint := 0;
  v_place bigint;
begin
  for o_id, o_at in
    select c.id, c.last_at from unnest(array['bot', 'human', 'other_app', 'closed']) as owner (name)
      cross join lateral (
        select id, last_at from conversations
          where tenant_id = p_tenant_id and case when closed_at is not null then 'closed' else status end = owner.name
            and (last_at, id) < (p_before_at, p_before_id)
          order by last_at desc, id desc limit 500) c
      order by c.last_at desc, c.id desc limit 500
  loop
    if v_read >= p_budget then
      o_message_id := null;
      return next;
      return;
    end if;
    continue when o_id = any (p_without);
    select m.id, m.place into o_message_id, v_place from (
        select id, tenant_id, text, reading, row_number() over () as place from (
          select id, tenant_id, text, reading from messages where conversation_id = o_id order by created_at desc, id desc limit 100) newest) m
      where search_terms(m.tenant_id, m.text, m.reading) @@ p_query order by m.place limit 1;
    v_read := v_read + coalesce(v_place, 100);
    if o_message_id is not null then
      return next;
      v_found := v_found + 1;
      if v_found >= p_wanted then return; end if;
    end if;
  end loop;
  -- Walked through 500 without an end in sight.
  if v_found < p_wanted and o_id is not null and exists (
    select from conversations where tenant_id = p_tenant_id and (last_at, id) < (o_at, o_id)) then
    o_message_id := null;
    return next;
  end if;
end $$;
