-- Finds conversations by words in their messages (o_message_id is the newest with them), the last active first, behind a place. Common words
-- fill a page from the newest conversations; rare ones come from the index; words between, which are in too many messages for the index and
-- in too few of the newest, come in pages that may be short: then a last row without a message is the place to go on from.
create or replace function search_hits(
  p_tenant_id uuid, p_query tsquery, p_before_at timestamptz, p_before_id uuid, p_without uuid[], p_wanted integer)
returns table (o_id uuid, o_at timestamptz, o_message_id uuid) language plpgsql stable set jit = off as $$
declare
  v_walked jsonb;
  v_hits jsonb;
begin
  v_walked := (select jsonb_agg(to_jsonb(w)) from search_walk(p_tenant_id, p_query, p_before_at, p_before_id, p_without, p_wanted, 400) w);
  if (select count(*) from jsonb_array_elements(v_walked) w where w -> 'o_message_id' <> 'null') < p_wanted then
    v_hits := search_messages(p_query, 30000);
    if v_hits is not null then
      return query
        select c.id, c.last_at, h.value::uuid from jsonb_each_text(v_hits) h join conversations c on c.id = h.key::uuid
          where c.tenant_id = p_tenant_id and (c.last_at, c.id) < (p_before_at, p_before_id) and c.id <> all (p_without)
          order by c.last_at desc, c.id desc limit p_wanted;
      return;
    end if;
    v_walked := (select jsonb_agg(to_jsonb(w)) from search_walk(p_tenant_id, p_query, p_before_at, p_before_id, p_without, p_wanted, 4000) w);
  end if;
  return query select * from jsonb_to_recordset(v_walked) as w (o_id uuid, o_at timestamptz, o_message_id uuid);
end $$;
