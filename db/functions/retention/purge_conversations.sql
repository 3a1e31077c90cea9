-- Deletes what was said and done before the horizon. A conversation that is open or with a person keeps everything; a dead turn stays
-- with what belongs to it until somebody replays or drops it. Locks the rows with their conversations, and waits for none.
create or replace function purge_conversations(p_horizon timestamptz, p_limit integer, out messages integer, out turns integer, out handoffs integer)
language plpgsql as $$
begin
  delete from messages where id = any (array(
    select m.id from messages m join conversations c on c.id = m.conversation_id
      where m.created_at < p_horizon and c.status <> 'human' and c.received_seq <= c.answered_seq
        and not exists (select from turns t where t.id = m.turn_id and t.state in ('dead', 'drafted'))
      order by m.created_at limit p_limit for update of m, c skip locked));
  get diagnostics messages = row_count;

  delete from turns where id = any (array(
    select t.id from turns t join conversations c on c.id = t.conversation_id
      where t.started_at < p_horizon and c.status <> 'human' and c.received_seq <= c.answered_seq
        and t.state not in ('dead', 'drafted')
        and not exists (select from messages m where m.turn_id = t.id)
      order by t.started_at limit p_limit for update of t, c skip locked));
  get diagnostics turns = row_count;

  -- A summary is as old as the words it is of, whenever it was given back.
  delete from handoffs where id = any (array(
    select h.id from handoffs h join conversations c on c.id = h.conversation_id
      where h.opened_at < p_horizon and h.handed_back_at is not null and c.status <> 'human'
      order by h.opened_at limit p_limit for update of h, c skip locked));
  get diagnostics handoffs = row_count;
end $$;
