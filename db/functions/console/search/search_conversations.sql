-- Returns a page of the conversations that fit what an operator typed (StoredSearchPage): first those of customers by name or number (place 0),
-- then those with the words in a message (place 1), the last active first. `p_after` is the cursor's place, or null.
create or replace function search_conversations(p_tenant_id uuid, p_operator_id uuid, p_words text, p_phones jsonb, p_after jsonb) returns jsonb
language plpgsql stable set jit = off as $$
declare
  v_query tsquery := search_query(p_tenant_id, p_words);
  v_customer_query tsquery := customer_query(p_tenant_id, p_words, p_phones);
  v_part integer := coalesce((p_after ->> 'part')::integer, 0);
  v_at timestamptz := coalesce(from_microseconds((p_after ->> 'at')::bigint), 'infinity');
  v_id uuid := coalesce((p_after ->> 'id')::uuid, 'ffffffff-ffff-ffff-ffff-ffffffffffff');
  v_customers uuid[] := '{}';
  v_hits jsonb := '[]';
  v_last jsonb;
begin
  if v_customer_query is not null then v_customers := search_customers(p_tenant_id, v_customer_query); end if;
  if v_part = 0 then
    v_hits := (
      select coalesce(jsonb_agg(h), '[]') from (
        select 0 as part, id as o_id, last_at as o_at, null::uuid as o_message_id from conversations
          where id = any (v_customers) and tenant_id = p_tenant_id and (last_at, id) < (v_at, v_id)
          order by last_at desc, id desc limit 21) h);
    v_at := 'infinity'; v_id := 'ffffffff-ffff-ffff-ffff-ffffffffffff';
  end if;
  if v_query is not null and jsonb_array_length(v_hits) < 21 then
    v_hits := v_hits || (
      select coalesce(jsonb_agg(jsonb_build_object('part', 1) || to_jsonb(h)), '[]')
        from search_hits(p_tenant_id, v_query, v_at, v_id, v_customers, 21 - jsonb_array_length(v_hits)) h);
  end if;
  -- Goes on behind the twentieth, or from where the walk stopped.
  v_last := case when jsonb_array_length(v_hits) > 20 then v_hits -> 19
                 when v_hits -> -1 ->> 'part' = '1' and v_hits -> -1 ->> 'o_message_id' is null then v_hits -> -1 end;
  return jsonb_build_object(
    'rows', coalesce((
      select jsonb_agg(conversation_row_json(c, p_operator_id) || jsonb_build_object('found', (
            select jsonb_build_object('messageId', m.id, 'text', left(concat_ws(E'\n', m.text, m.reading), 4000), 'at', epoch_ms(m.created_at))
              from messages m where m.id = (h ->> 'o_message_id')::uuid)) order by position)
        from jsonb_array_elements(v_hits) with ordinality as hits (h, position) join conversations c on c.id = (h ->> 'o_id')::uuid
        where position <= 20 and (h ->> 'part' = '0' or h ->> 'o_message_id' is not null)), '[]'),
    'next', case when v_last is not null then concat_ws('_', v_last ->> 'part',
      floor(extract(epoch from (v_last ->> 'o_at')::timestamptz) * 1000000)::bigint, v_last ->> 'o_id') end);
end $$;
