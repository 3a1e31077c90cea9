-- Takes the lease of a conversation, whose row it locks first, and gives what its turn needs; null when there is nothing to do or
-- somebody else holds it. A draft that an earlier holder left is sent first, and is withheld when a person has the conversation by now.
create or replace function claim_turn(p_conversation uuid, p_turn uuid, p_lease_ms integer) returns json language plpgsql
set plan_cache_mode = force_generic_plan set lock_timeout = '2s' as $$
declare
  talk conversations;
  company tenants;
  person users;
  drafted turns;
  unsent json;
  handoff json;
  pending json;
  happened text[] := '{}';
  -- Of a reply that was withheld: some part of it arrived, or may have been sent.
  said boolean := true;
  tried boolean;
begin
  select * into talk from conversations where id = p_conversation for update;
  if talk.id is null or talk.received_seq <= talk.answered_seq
     or talk.lease_expires_at > clock_timestamp() or talk.retry_at > clock_timestamp() then
    return null;
  end if;
  update turns set state = 'abandoned', ended_at = clock_timestamp()
    where conversation_id = talk.id and state = 'running';

  -- A reply that an earlier holder wrote down comes first: it is settled or sent, never written a second time.
  select * into drafted from turns
    where conversation_id = talk.id and state = 'drafted' order by through_seq desc limit 1;
  if drafted.id is not null then
    select json_agg(json_build_object('id', m.id, 'turnId', m.turn_id, 'sends', m.sends,
        'message', coalesce(m.content, jsonb_build_object('kind', 'text', 'text', m.text)),
        'quoteWaMessageId', m.quote_wa_message_id,
        -- A holder may have sent it until its lease ended, however long ago it wrote it down.
        'ageMs', floor(extract(epoch from clock_timestamp() - greatest(m.updated_at, talk.lease_expires_at)) * 1000))
        order by m.sent_at)
      into unsent from messages m where m.turn_id = drafted.id and m.direction = 'out' and m.state in ('draft', 'ambiguous');
    select json_build_object('reason', reason, 'summary', summary) into handoff from handoffs
      where turn_id = drafted.id and notified_at is null and handed_back_at is null;
    if unsent is not null and not may_speak(talk, drafted.id, drafted.through_seq) then
      update messages set state = 'withheld', updated_at = clock_timestamp()
        where turn_id = drafted.id and direction = 'out' and state in ('draft', 'ambiguous');
      unsent := null;
      happened := '{suppressed}';
    end if;
    if unsent is null then
      select coalesce(bool_or(delivery_rank(state) > 0), false), coalesce(bool_or(sends > 0), false) into said, tried
        from messages where turn_id = drafted.id and direction = 'out';
      if handoff is null and not tried then
        -- Nothing of it was said: what it was to answer is the person's to read, or is answered anew.
        update turns set state = 'withheld', ended_at = clock_timestamp() where id = drafted.id;
        drafted := null;
      end if;
    end if;
    if drafted.id is not null and unsent is null then
      happened := happened || unanswered_sends(array(select id from messages where turn_id = drafted.id and direction = 'out'));
    end if;
    if drafted.id is not null and unsent is null and handoff is null then
      update turns set state = case when said then 'answered' else 'withheld' end, ended_at = clock_timestamp() where id = drafted.id;
      update messages set turn_id = drafted.id
        where conversation_id = talk.id and turn_id is null and seq > talk.answered_seq and seq <= drafted.through_seq;
      talk.answered_seq := greatest(talk.answered_seq, drafted.through_seq);
      drafted := null;
    end if;
  end if;
  if drafted.id is null then
    if talk.status <> 'bot' then talk.answered_seq := talk.received_seq; end if;
    select json_agg(told_json(m) order by m.sent_at, m.seq) into pending
      from messages m where m.conversation_id = talk.id and m.seq > talk.answered_seq and m.state = 'received';
    if pending is null then
      -- A new epoch, so that a draft still on its way from an earlier holder comes to nothing.
      update conversations set answered_seq = received_seq, open_since = null, lease_expires_at = null, retry_at = null,
        attempts = 0, epoch = epoch + 1 where id = talk.id;
      perform raise_counters(talk.tenant_id, happened);
      return null;
    end if;
  end if;
  select * into company from tenants where id = talk.tenant_id;
  select * into person from users where id = talk.user_id;
  if drafted.id is not null then
    return begin_turn(talk, company, person, drafted.id, drafted.through_seq, p_lease_ms, '[]', coalesce(unsent, '[]'), handoff, happened);
  end if;
  return begin_turn(talk, company, person, p_turn, talk.received_seq, p_lease_ms, pending, null, null, happened);
end $$;
