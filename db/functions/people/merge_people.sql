-- Two records of one person become one: everything that was said, and what waits for an answer. False, and nothing is
-- done, while a reply to either is on its way: the next message tries again.
create or replace function merge_people(p_keep uuid, p_gone uuid) returns boolean language plpgsql as $$
declare
  kept conversations;
  gone conversations;
  waiting integer;
begin
  perform 1 from conversations where user_id in (p_keep, p_gone) order by id for update;
  select * into kept from conversations where user_id = p_keep;
  select * into gone from conversations where user_id = p_gone;
  if greatest(kept.lease_expires_at, gone.lease_expires_at) > clock_timestamp()
     or exists (select from turns where conversation_id in (kept.id, gone.id) and state = 'drafted') then
    return false;
  end if;
  if kept.id is null then
    update conversations set user_id = p_keep where id = gone.id;
  elsif gone.id is not null then
    update messages set seq = null where conversation_id = gone.id and seq <= gone.answered_seq;
    update messages m set seq = kept.received_seq + n.place
      from (select id, row_number() over (order by seq) as place from messages where conversation_id = gone.id and seq is not null) n
      where m.id = n.id;
    get diagnostics waiting = row_count;
    update messages set conversation_id = kept.id where conversation_id = gone.id;
    update turns set conversation_id = kept.id where conversation_id = gone.id;
    update handoffs set handed_back_at = clock_timestamp() where conversation_id = gone.id and handed_back_at is null
      and exists (select from handoffs where conversation_id = kept.id and handed_back_at is null);
    update handoffs set conversation_id = kept.id where conversation_id = gone.id;
    update conversations set
        received_seq = kept.received_seq + waiting,
        open_since = case when waiting > 0 then least(kept.open_since, gone.open_since) else kept.open_since end,
        status = case when gone.status = 'human' then 'human' else kept.status end,
        window_ends_at = greatest(kept.window_ends_at, gone.window_ends_at),
        limit_told_until = greatest(kept.limit_told_until, gone.limit_told_until),
        bot_resumes_at = greatest(kept.bot_resumes_at, gone.bot_resumes_at),
        pair_free_at = greatest(kept.pair_free_at, gone.pair_free_at)
      where id = kept.id;
  end if;
  update users k set
      name = coalesce(k.name, g.name), language = coalesce(k.language, g.language), created_at = least(k.created_at, g.created_at),
      opted_out_at = case when g.opt_changed_at > coalesce(k.opt_changed_at, '-infinity') then g.opted_out_at else k.opted_out_at end,
      opt_changed_at = greatest(k.opt_changed_at, g.opt_changed_at),
      no_marketing_at = coalesce(k.no_marketing_at, g.no_marketing_at)
    from users g where k.id = p_keep and g.id = p_gone;
  delete from users where id = p_gone;
  return true;
end $$;
