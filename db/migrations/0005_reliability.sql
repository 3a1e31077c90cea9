-- What the operator does: looks at dead letters, replays or drops them, keeps the tables bounded, sees what is stranded.

create index turns_dead on turns (ended_at desc) where state = 'dead';

-- Conversations whose customer has waited for over two minutes; counted up to 1,000. Health asks this.
create function stranded_conversations() returns integer language sql stable as $$
  select count(*)::integer from (
    select from conversations
      where received_seq > answered_seq and open_since < clock_timestamp() - interval '2 minutes' limit 1000) s
$$;

-- What a dead turn was about, without anybody's words. The codes are those of all tries, and Meta's for each part refused.
create function dead_letter_json(t turns) returns jsonb language sql stable as $$
  select jsonb_build_object('id', t.id, 'conversationId', t.conversation_id, 'diedAt', t.ended_at, 'tries', t.rounds,
    'messages', asked.count, 'partsSent', said.sent,
    'reason', case when said.refusals @> '[131047]' then 'window_closed' when said.refused > 0 then 'refused'
                   else 'failed_repeatedly' end,
    'codes', to_jsonb(array(
        select e from turns tried, jsonb_array_elements_text(tried.errors) e
          where tried.conversation_id = t.conversation_id and tried.started_at between asked.since and t.started_at
        union select 'holder_died' from turns tried
          where tried.conversation_id = t.conversation_id and tried.started_at between asked.since and t.started_at
            and tried.state = 'abandoned'
        union select 'send:graph_' || code from jsonb_array_elements_text(said.refusals) code order by 1)),
    'withPerson', c.status <> 'bot',
    'windowOpen', coalesce(c.window_ends_at > clock_timestamp(), false))
  from conversations c,
    (select count(*), min(created_at) as since from messages where turn_id = t.id and direction = 'in') asked,
    (select count(*) filter (where delivery_rank(state) between 1 and 4) as sent,
            count(*) filter (where state = 'failed') as refused,
            coalesce(jsonb_path_query_array(jsonb_agg(error_codes) filter (where state = 'failed'), '$[*][*]'), '[]') as refusals
       from messages where turn_id = t.id and direction = 'out') said
  where c.id = t.conversation_id
$$;

create function dead_letters(p_limit integer) returns setof jsonb language sql stable as $$
  select dead_letter_json(t) from turns t where state = 'dead' order by ended_at desc limit p_limit
$$;

-- One dead turn with the words of both sides; null when there is none of that id.
create function dead_letter(p_turn uuid) returns jsonb language sql stable as $$
  select dead_letter_json(t) || jsonb_build_object(
      'customer', jsonb_build_object('name', u.name, 'phone', u.phone, 'waUserId', u.wa_user_id),
      'asked', (select coalesce(jsonb_agg(message_json(m) order by m.sent_at, m.seq), '[]')
                  from messages m where turn_id = t.id and direction = 'in'),
      'said', (select coalesce(jsonb_agg(jsonb_build_object('text', text, 'state', state, 'sends', sends,
                                                            'errorCodes', error_codes) order by sent_at), '[]')
                 from messages where turn_id = t.id and direction = 'out'))
    from turns t join conversations c on c.id = t.conversation_id join users u on u.id = c.user_id
    where t.id = p_turn and t.state = 'dead'
$$;

-- What a dead turn covered is pending again, as if it had just come: the next turn composes a new reply. What was sent
-- stays sent; a part that was not is given up. Nothing is done where the bot could not answer anyway.
create function replay_dead(p_turn uuid) returns jsonb language plpgsql as $$
declare
  talk conversations;
  replayed integer;
begin
  select * into talk from conversations where id = (select conversation_id from turns where id = p_turn) for update;
  if not exists (select from turns where id = p_turn and state = 'dead') then
    return jsonb_build_object('outcome', 'not_found');
  elsif talk.status <> 'bot' then
    return jsonb_build_object('outcome', 'with_person');
  elsif not coalesce(talk.window_ends_at > clock_timestamp(), false) then
    return jsonb_build_object('outcome', 'window_closed');
  end if;
  update messages m set state = 'received', turn_id = null, seq = talk.received_seq + n.place, updated_at = clock_timestamp()
    from (select id, row_number() over (order by sent_at, seq) as place
            from messages where turn_id = p_turn and direction = 'in' and state = 'dead') n
    where m.id = n.id;
  get diagnostics replayed = row_count;
  update messages set state = 'withheld', updated_at = clock_timestamp()
    where turn_id = p_turn and direction = 'out' and state = 'draft';
  update turns set state = 'replayed' where id = p_turn;
  update conversations set received_seq = talk.received_seq + replayed, open_since = coalesce(talk.open_since, clock_timestamp())
    where id = talk.id and replayed > 0;
  return jsonb_build_object('outcome', 'replayed', 'messages', replayed);
end $$;

-- Gives a dead turn up for good: it is listed no more, and the purge may take it.
create function drop_dead(p_turn uuid) returns jsonb language plpgsql as $$
declare
  dropped integer;
begin
  perform 1 from conversations where id = (select conversation_id from turns where id = p_turn) for update;
  update turns set state = 'dropped' where id = p_turn and state = 'dead';
  if not found then return jsonb_build_object('outcome', 'not_found'); end if;
  update messages set state = 'withheld', updated_at = clock_timestamp()
    where turn_id = p_turn and direction = 'out' and state = 'draft';
  update messages set state = 'dropped', updated_at = clock_timestamp()
    where turn_id = p_turn and direction = 'in' and state = 'dead';
  get diagnostics dropped = row_count;
  return jsonb_build_object('outcome', 'dropped', 'messages', dropped);
end $$;

create index messages_created on messages (created_at);
create index turns_started on turns (started_at);
create index handoffs_handed_back on handoffs (handed_back_at) where handed_back_at is not null;
create index early_statuses_received on early_statuses (received_at);

-- Deletes at most p_limit rows of each table that are older than p_days, and says how many. Waits for nobody: what
-- somebody holds is left to the next call. Whatever p_days says, a message is known for eight days: Meta may deliver it
-- again for seven. A conversation that is open or with a person keeps everything; a dead turn and a draft that is not
-- settled stay, with what belongs to them.
create function purge_batch(p_days integer, p_limit integer) returns jsonb language plpgsql as $$
declare
  sure_of_meta constant interval := interval '8 days';
  horizon timestamptz := clock_timestamp() - greatest(make_interval(days => p_days), sure_of_meta);
  v_messages integer; v_turns integer; v_handoffs integer; v_statuses integer; v_counters integer;
begin
  delete from messages where id = any (array(
    select m.id from messages m join conversations c on c.id = m.conversation_id
      where m.created_at < horizon and c.status <> 'human' and c.received_seq <= c.answered_seq
        and m.state not in ('draft', 'ambiguous')
        and not exists (select from turns t where t.id = m.turn_id and t.state in ('dead', 'drafted'))
      order by m.created_at limit p_limit for update of m, c skip locked));
  get diagnostics v_messages = row_count;

  delete from turns where id = any (array(
    select t.id from turns t join conversations c on c.id = t.conversation_id
      where t.started_at < horizon and c.status <> 'human' and c.received_seq <= c.answered_seq
        and t.state not in ('dead', 'drafted')
        and not exists (select from messages m where m.turn_id = t.id)
      order by t.started_at limit p_limit for update of t, c skip locked));
  get diagnostics v_turns = row_count;

  delete from handoffs where id = any (array(
    select h.id from handoffs h join conversations c on c.id = h.conversation_id
      where h.handed_back_at < horizon and c.status <> 'human' limit p_limit for update of h, c skip locked));
  get diagnostics v_handoffs = row_count;

  delete from early_statuses where wa_message_id = any (array(
    select wa_message_id from early_statuses where received_at < clock_timestamp() - sure_of_meta
      limit p_limit for update skip locked));
  get diagnostics v_statuses = row_count;

  -- A handful a day, and nobody's words.
  delete from counters where day < current_date - 730;
  get diagnostics v_counters = row_count;

  return jsonb_build_object('messages', v_messages, 'turns', v_turns, 'handoffs', v_handoffs,
    'earlyStatuses', v_statuses, 'counters', v_counters);
end $$;
