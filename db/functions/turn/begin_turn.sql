-- Takes the lease of a conversation whose row is locked, and writes that row as `talk` says. With `unsent`, the turn is one
-- that an earlier holder left and that has to be settled first; without, it is new. Without the words of long ago.
create or replace function begin_turn(talk conversations, company tenants, person users, p_turn uuid, p_through bigint, p_lease_ms integer,
                           pending json, unsent json, handoff json, happened text[]) returns json language plpgsql as $$
declare
  history json;
begin
  if unsent is null then
    insert into turns (id, tenant_id, conversation_id, epoch, through_seq)
      values (p_turn, talk.tenant_id, talk.id, talk.epoch + 1, p_through);
  end if;
  update conversations set
      received_seq = talk.received_seq, answered_seq = talk.answered_seq, status = talk.status,
      bot_resumes_at = talk.bot_resumes_at, open_since = talk.open_since, window_ends_at = talk.window_ends_at,
      limit_told_until = talk.limit_told_until,
      epoch = talk.epoch + 1, attempts = talk.attempts + 1, retry_at = null,
      lease_expires_at = clock_timestamp() + p_lease_ms * interval '1 millisecond'
    where id = talk.id;
  -- Left behind by somebody else: a holder that died, a try that failed, a start that never came.
  if talk.lease_expires_at is not null or talk.retry_at is not null
     or (talk.attempts = 0 and talk.open_since < clock_timestamp() - interval '5 seconds') then
    happened := happened || 'resumed'::text;
  end if;
  if happened <> '{}' then perform raise_counters(talk.tenant_id, happened); end if;

  -- Meta's times are whole seconds: within one, what came first here came first.
  select json_agg(told_json(h) order by date_trunc('second', h.sent_at), h.created_at) into history from (
    select * from messages m
      where m.conversation_id = talk.id
        -- Phone numbers change hands: after so long it may be somebody else's.
        and m.created_at > clock_timestamp() - interval '45 days'
        and m.state not in ('draft', 'ambiguous', 'withheld', 'failed', 'rate_limited', 'group', 'revoked')
        and not (m.direction = 'in' and m.seq is not null and m.seq > talk.answered_seq)
      order by m.sent_at desc limit 10) h;

  return json_build_object(
      'turnId', p_turn, 'conversationId', talk.id, 'epoch', talk.epoch + 1,
      'afterSeq', talk.answered_seq, 'throughSeq', p_through,
      'attempts', talk.attempts, 'previousRung', talk.previous_rung, 'window', window_json(talk),
      'tenant', json_build_object('id', company.id, 'phoneNumberId', company.phone_number_id, 'profile', company.profile),
      'user', person_json(person),
      'usage', usage_json(talk),
      'repeat', case when talk.repeat_key is not null then json_build_object('key', talk.repeat_key, 'count', talk.repeat_count) end,
      'pending', pending, 'history', coalesce(history, '[]'), 'unsent', coalesce(unsent, '[]'), 'untoldHandoff', handoff);
end $$;
