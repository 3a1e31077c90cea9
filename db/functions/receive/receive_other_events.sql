-- Applies everything but messages and status reports, which few deliveries hold; returns the account events that need a look. Locks for
-- each event the customer and then the conversation; the order of events is always the same.
create or replace function receive_other_events(p_events jsonb, p_human_pause_s integer) returns jsonb language plpgsql as $$
declare
  v_event record;
  v_conversation conversations;
begin
  for v_event in
    select x as body, t.id as tenant_id, kind, to_timestamp((x ->> 'timestampMs')::bigint / 1000.0) as at
      from jsonb_each(p_events) as each(kind, list), jsonb_array_elements(list) with ordinality as i(x, position)
      join tenants t on t.phone_number_id = x ->> 'phoneNumberId'
      where kind <> 'accountEvents'
      order by t.id, kind, coalesce(x ->> 'toUserId', x ->> 'fromUserId', x ->> 'to', x ->> 'from'), position
  loop
    if v_event.kind = 'identityChanges' then
      perform receive_identity_change(v_event.tenant_id, v_event.body);
    elsif v_event.kind <> 'operatorEchoes' or v_event.at >= clock_timestamp() - interval '8 days'
          or not was_purged(v_event.tenant_id, v_event.body ->> 'waMessageId') then
      v_conversation := find_or_create_conversation(v_event.tenant_id,
        ensure_customer(v_event.tenant_id, phones_in(v_event.body -> 'phones', coalesce(v_event.body ->> 'to', v_event.body ->> 'from')),
                        coalesce(v_event.body ->> 'toUserId', v_event.body ->> 'fromUserId'), null));
      case v_event.kind
        when 'operatorEchoes' then perform receive_operator_echo(v_conversation, v_event.body, v_event.at, p_human_pause_s);
        when 'preferences' then perform receive_preference(v_conversation.customer_id, v_event.body, v_event.at);
        when 'calls' then perform save_conversation(extend_window(v_conversation, v_event.at + interval '24 hours'));
        when 'handovers' then perform receive_handover(v_conversation, (v_event.body ->> 'ours')::boolean);
        else null;
      end case;
    end if;
  end loop;
  return receive_account_events(p_events -> 'accountEvents');
end $$;
