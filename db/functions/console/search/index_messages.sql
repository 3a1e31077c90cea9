-- Brings the words of waiting messages into the search. Returns how many waited, at most `p_limit`; what another process is at is left to
-- it. Locks what waits, then the messages by id, against deletion.
create or replace function index_messages(p_limit integer) returns integer language plpgsql as $$
declare
  v_ids uuid[];
  v_count integer;
begin
  with taken as (
    delete from messages_to_index
      where ctid = any (array(select ctid from messages_to_index limit p_limit for update skip locked)) returning message_id)
  select array_agg(distinct message_id), count(*) into v_ids, v_count from taken;
  if v_count = 0 then return 0; end if;
  insert into message_words (message_id, conversation_id, created_at, words)
    select id, conversation_id, created_at, search_terms(tenant_id, text, reading) from messages
      where id = any (v_ids) order by id for key share
  on conflict (message_id) do update
    set conversation_id = excluded.conversation_id, created_at = excluded.created_at, words = excluded.words;
  -- What an index collects is read by each search until it is sorted in.
  perform gin_clean_pending_list('message_words_search');
  return v_count;
end $$;
