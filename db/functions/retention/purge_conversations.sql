-- Deletes messages, turns, acts, reminders and closed handoffs older than the horizon. A conversation that is unread or with an operator keeps
-- everything; a dead letter keeps its messages until it is replayed or dropped. Locks the rows with their conversations, and skips
-- those that others have locked.
create or replace function purge_conversations(p_horizon timestamptz, p_limit integer, out o_messages integer, out o_turns integer, out o_handoffs integer)
language plpgsql as $$
begin
  delete from messages where id = any (array(
    select m.id from messages m join conversations c on c.id = m.conversation_id
      where m.created_at < p_horizon and c.status <> 'human' and c.received_seq <= c.answered_seq
        and not exists (select from turns t where t.id = m.turn_id and t.state in ('dead', 'drafted'))
      order by m.created_at limit p_limit for update of m, c skip locked));
  get diagnostics o_messages = row_count;

  delete from turns where id = any (array(
    select t.id from turns t join conversations c on c.id = t.conversation_id
      where t.started_at < p_horizon and c.status <> 'human' and c.received_seq <= c.answered_seq
        and t.state not in ('dead', 'drafted')
        and not exists (select from messages m where m.turn_id = t.id)
      order by t.started_at limit p_limit for update of t, c skip locked));
  get diagnostics o_turns = row_count;

  -- Nobody can tap its buttons any more.
  delete from acts where id = any (array(
    select a.id from acts a join conversations c on c.id = a.conversation_id
      where a.created_at < p_horizon and c.status <> 'human' and c.received_seq <= c.answered_seq
      order by a.created_at limit p_limit for update of a, c skip locked));

  -- One that waits is still to be sent.
  delete from reminders where id = any (array(
    select r.id from reminders r join conversations c on c.id = r.conversation_id
      where r.due_at < p_horizon and r.state <> 'waiting' and c.received_seq <= c.answered_seq
      order by r.due_at limit p_limit for update of r, c skip locked));

  -- By the time of opening: the summary is as old as the messages that it sums up.
  delete from handoffs where id = any (array(
    select h.id from handoffs h join conversations c on c.id = h.conversation_id
      where h.opened_at < p_horizon and h.handed_back_at is not null and c.status <> 'human'
      order by h.opened_at limit p_limit for update of h, c skip locked));
  get diagnostics o_handoffs = row_count;
end $$;
