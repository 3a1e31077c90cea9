-- Returns the oldest new messages whose words are not in the search yet, at most `p_limit`. Looks back a minute behind where the search has
-- read: no transaction of ours takes one. Locks nothing.
create or replace function unindexed_messages(p_until timestamptz, p_limit integer) returns setof messages language sql stable
set enable_hashjoin = off set enable_mergejoin = off set enable_seqscan = off as $$
  select m.* from messages m
    where m.created_at >= p_until - interval '1 minute' and (m.text is not null or m.reading is not null)
      and not exists (select from message_words where message_id = m.id)
    order by m.created_at limit p_limit
$$;
