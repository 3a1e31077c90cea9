-- Returns who served a conversation since its last rating: `by` (bot, person, mixed; null: nobody was answered), the operator of the console
-- who wrote last, and the intent of the last turn that was no chat. Locks nothing.
create or replace function served_json(p_conversation conversations) returns jsonb language sql stable as $$
  with since as (
    select greatest(coalesce(max(created_at), '-infinity'), clock_timestamp() - interval '30 days') as at
      from csat where conversation_id = p_conversation.id),
  said as (
    select m.author, m.operator_id, m.created_at, t.intent from messages m left join turns t on t.id = m.turn_id, since
      where m.conversation_id = p_conversation.id and m.direction = 'out' and m.created_at > since.at
        and m.state in ('sent', 'delivered', 'read', 'played')
        and (m.author = 'operator' or m.author = 'bot' and t.rung not in ('notice', 'template', 'reminder')))
  select jsonb_build_object(
    'by', case when bool_or(author = 'operator') then case when bool_or(author = 'bot') then 'mixed' else 'person' end
               when bool_or(author = 'bot') then 'bot' end,
    'operatorId', (array_agg(operator_id order by created_at desc) filter (where operator_id is not null))[1],
    'intent', coalesce((array_agg(intent order by created_at desc) filter (where intent not in ('greeting', 'thanks_goodbye', 'general')))[1],
                       (array_agg(intent order by created_at desc) filter (where intent is not null))[1]))
    from said
$$;
