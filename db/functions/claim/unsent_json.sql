-- Returns the messages of a draft that are not known to be sent (UnsentMessage), null when there are none. Their age counts from the
-- end of the lease, because its holder may have sent them until then.
create or replace function unsent_json(p_turn_id uuid, p_lease_expires_at timestamptz) returns json language plpgsql as $$
begin
  return (
    select json_agg(json_build_object('id', id, 'turnId', turn_id, 'sends', sends,
        'message', coalesce(content, jsonb_build_object('kind', 'text', 'text', text)),
        'quoteWaMessageId', quote_wa_message_id, 'byOperator', author = 'operator',
        'reminder', (select rung from turns where id = p_turn_id) is not distinct from 'reminder',
        -- Nothing was sent since Meta refused this form.
        'refused', sends = 0 and (select rung from turns where id = p_turn_id) is not distinct from 'plain_form',
        'ageMs', floor(extract(epoch from clock_timestamp() - greatest(updated_at, p_lease_expires_at)) * 1000))
        order by sent_at)
      from messages where turn_id = p_turn_id and direction = 'out' and state in ('draft', 'ambiguous'));
end $$;
