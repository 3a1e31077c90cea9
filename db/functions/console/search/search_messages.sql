-- Finds words that are in few messages: for each conversation the newest message with all of them, through the index, and among those
-- that wait to be indexed. Returns null when there are more than `p_most` messages.
create or replace function search_messages(p_query tsquery, p_most integer) returns jsonb language plpgsql stable
set jit = off set enable_seqscan = off as $$
declare
  v_hits jsonb;
  v_count bigint;
begin
  select sum(count), jsonb_object_agg(conversation_id, newest) into v_count, v_hits from (
    select conversation_id, count(*) as count, (array_agg(id order by created_at desc, id desc))[1] as newest from (
      (select message_id as id, conversation_id, created_at from message_words where words @@ p_query limit p_most + 1)
      union
      select id, conversation_id, created_at
        from (select distinct message_id from messages_to_index limit 5000) changed join messages on id = message_id
        where search_terms(tenant_id, text, reading) @@ p_query
      union
      select n.id, n.conversation_id, n.created_at from search_progress, unindexed_messages(read_until, 5000) n
        where search_terms(n.tenant_id, n.text, n.reading) @@ p_query) hits
      group by conversation_id) found;
  return case when v_count > p_most then null else coalesce(v_hits, '{}') end;
end $$;
