-- Returns one dead letter without messages, with its reason: a closed window, a rejected reply and a send that was never confirmed are
-- told apart from a reply that kept failing.
create or replace function dead_letter_json(p_turn turns) returns jsonb language sql stable as $$
  select jsonb_build_object('id', p_turn.id, 'conversationId', p_turn.conversation_id, 'diedAt', p_turn.ended_at, 'attempts', p_turn.rounds,
    'messages', asked.count, 'partsSent', said.sent,
    'reason', case when said.meta_codes @> '[131047]' or p_turn.errors @> '["window:closed"]' then 'window_closed'
                   when said.rejected > 0 then 'refused'
                   when said.unconfirmed > 0 and p_turn.rung <> 'apology' then 'unconfirmed'
                   else 'failed_repeatedly' end,
    'codes', to_jsonb(array(
        select e from turns tried, jsonb_array_elements_text(tried.errors) e
          where tried.conversation_id = p_turn.conversation_id and tried.started_at between asked.since and p_turn.started_at
        union select 'holder_died' from turns tried
          where tried.conversation_id = p_turn.conversation_id and tried.started_at between asked.since and p_turn.started_at
            and tried.state = 'abandoned'
        union select 'send:graph_' || code from jsonb_array_elements_text(said.meta_codes) code order by 1)),
    'withOperator', c.status <> 'bot',
    'windowOpen', coalesce(c.window_ends_at > clock_timestamp(), false))
  from conversations c,
    (select count(*), min(created_at) as since from messages where turn_id = p_turn.id and direction = 'in') asked,
    (select count(*) filter (where delivery_rank(state) between 1 and 4) as sent,
            count(*) filter (where state = 'failed') as rejected,
            count(*) filter (where state = 'ambiguous') as unconfirmed,
            coalesce(jsonb_path_query_array(jsonb_agg(meta_codes) filter (where state = 'failed'), '$[*][*]'), '[]') as meta_codes
       from messages where turn_id = p_turn.id and direction = 'out') said
  where c.id = p_turn.conversation_id
$$;
