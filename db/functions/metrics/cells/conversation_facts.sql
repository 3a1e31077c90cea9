-- Returns what decides whether a conversation was contained, by any company's definition (`lib/insight/containment.ts`), as labels: that a
-- person was asked for or took it, a low score, and within how many hours the customer wrote again. What did not happen has no
-- label, so that counters have few of them. Locks nothing.
create or replace function conversation_facts(p_conversation_id uuid, p_began timestamptz, p_end timestamptz) returns jsonb language sql stable as $$
  select jsonb_strip_nulls(jsonb_build_object(
    'handoff', case when exists (
        select from handoffs where conversation_id = p_conversation_id and opened_at >= p_began and opened_at < p_end + interval '1 hour') then 'yes' end,
    'score', (
        select score::text from csat where conversation_id = p_conversation_id and score is not null
            and created_at > p_end and created_at < p_end + interval '1 day' order by created_at limit 1),
    'again', (
        select case when m.created_at <= p_end + interval '48 hours' then '48' when m.created_at <= p_end + interval '72 hours' then '72' else '168' end
          from messages m where m.conversation_id = p_conversation_id and m.direction = 'in' and (m.seq is not null or m.turn_id is not null)
            and m.created_at > p_end and m.created_at <= p_end + interval '168 hours'
          order by m.created_at limit 1)))
$$;
