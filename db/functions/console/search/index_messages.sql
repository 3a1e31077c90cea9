-- Brings the words of new and of changed messages into the search. Returns how many it brought in, at most `p_limit`; 0 while another
-- process is at it. Locks the search's progress, then the messages by id, against deletion.
create or replace function index_messages(p_limit integer) returns integer language plpgsql as $$
declare
  v_until timestamptz;
  v_changed uuid[];
  v_new uuid[];
  v_newest timestamptz;
begin
  select read_until into v_until from search_progress for update skip locked;
  if not found then return 0; end if;
  with taken as (
    delete from messages_to_index
      where ctid = any (array(select ctid from messages_to_index limit p_limit for update skip locked)) returning message_id)
  select coalesce(array_agg(distinct message_id), '{}') into v_changed from taken;
  select coalesce(array_agg(id), '{}'), max(created_at) into v_new, v_newest from unindexed_messages(v_until, p_limit - cardinality(v_changed));
  insert into message_words (message_id, conversation_id, created_at, words)
    select id, conversation_id, created_at, search_terms(tenant_id, text, reading) from messages
      where id = any (v_changed || v_new) order by id for key share
  on conflict (message_id) do update
    set conversation_id = excluded.conversation_id, created_at = excluded.created_at, words = excluded.words;
  update search_progress set read_until = least(statement_timestamp(),
    case when cardinality(v_changed || v_new) = p_limit then coalesce(v_newest, read_until) else statement_timestamp() end);
  -- What an index collects is read by each search until it is sorted in.
  if cardinality(v_changed || v_new) > 0 then perform gin_clean_pending_list('message_words_search'); end if;
  return cardinality(v_changed || v_new);
end $$;
