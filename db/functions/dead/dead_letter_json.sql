-- One dead turn without anybody's words, and why it died: a closed window, a refusal and a send that nobody confirmed are told
-- apart from a reply that kept failing.
create or replace function dead_letter_json(t turns) returns jsonb language sql stable as $$
  select jsonb_build_object('id', t.id, 'conversationId', t.conversation_id, 'diedAt', t.ended_at, 'tries', t.rounds,
    'messages', asked.count, 'partsSent', said.sent,
    'reason', case when said.refusals @> '[131047]' or t.errors @> '["window:closed"]' then 'window_closed' when said.refused > 0 then 'refused'
                   when said.unconfirmed > 0 and t.rung <> 'apology' then 'unconfirmed'
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
            count(*) filter (where state = 'ambiguous') as unconfirmed,
            coalesce(jsonb_path_query_array(jsonb_agg(error_codes) filter (where state = 'failed'), '$[*][*]'), '[]') as refusals
       from messages where turn_id = t.id and direction = 'out') said
  where c.id = t.conversation_id
$$;
