-- Stores a whole delivery (ReceiveBatch): messages by sender, status reports and other events. With `claim`
-- and a single sender who had nothing unread, also starts the turn. Written with as few statements as possible, because each costs more
-- than the rows it touches. The settings are those of every function on the way of a message: always the same question, so one plan;
-- and a short wait for locks, because other calls may share the statement.
--
-- Locks, in this order: for each sender the customer and then the conversation (receive_from_senders); customers and conversations of other
-- events; conversations of deferred identity changes, without waiting; messages of status reports by their ids; then shares of
-- throughput and counters, whose holders wait for nothing else.
create or replace function receive_events(p_batch jsonb) returns json language plpgsql
set plan_cache_mode = force_generic_plan set lock_timeout = '2s' as $$
declare
  v_received record;
  v_statuses record;
  v_alerts jsonb := '[]';
  v_handoffs jsonb := '[]';
  v_applied integer := 0;
  v_unread_ids uuid[];
  v_left_unread_ids uuid[] := '{}';
  v_queues uuid[];
begin
  if p_batch -> 'throughputs' <> '{}' then perform set_throughputs(p_batch -> 'throughputs'); end if;
  v_received := receive_from_senders(p_batch);
  v_unread_ids := v_received.o_unread_ids;
  v_queues := v_received.o_woken;
  if p_batch ? 'otherEvents' then
    perform ensure_tenants(p_batch -> 'phoneNumberIds');
    v_alerts := receive_other_events(p_batch -> 'otherEvents', (p_batch ->> 'humanPauseS')::integer);
    -- Somebody who answers from the phone app may have taken a handoff.
    v_queues := v_queues || array(
      select t.id from jsonb_array_elements(p_batch -> 'otherEvents' -> 'operatorEchoes') echo
        join tenants t on t.phone_number_id = echo ->> 'phoneNumberId');
  end if;
  if exists (select from deferred_identity_changes) then perform apply_deferred_identity_changes(3); end if;
  if p_batch -> 'statuses' <> '[]' then
    v_statuses := receive_statuses(p_batch -> 'statuses');
    v_applied := v_statuses.o_applied;
    v_handoffs := v_statuses.o_handoffs;
    v_unread_ids := v_statuses.o_unread_ids || v_unread_ids;
  end if;
  if v_received.o_has_throughput then perform reserve_inbound_throughput(jsonb_path_query_array(p_batch, '$.senders[*].messages[*]')); end if;
  if v_received.o_redelivered_to <> '{}' then
    perform raise_counters(tenant_id, array_agg('redelivered'::text))
      from unnest(v_received.o_redelivered_to) tenant_id group by tenant_id order by tenant_id;
  end if;
  -- Most of the time no customer has waited long enough for a closer look.
  if (select min(unread_since) from conversations where received_seq > answered_seq) < clock_timestamp() - interval '5 seconds' then
    v_left_unread_ids := array(select unread_conversations(3) except select unnest(v_unread_ids));
  end if;
  return json_build_object(
    'conversationIds', v_unread_ids, 'startedTurn', v_received.o_claim, 'leftUnread', v_left_unread_ids,
    'stored', v_received.o_stored, 'duplicates', v_received.o_duplicates, 'limited', v_received.o_limited, 'notOurs', v_received.o_not_ours,
    'statusesApplied', v_applied, 'notices', v_received.o_notices, 'handoffs', v_handoffs, 'alerts', v_alerts,
    -- Companies whose hidden pages must count again who waits.
    'queuesChanged', array(select distinct unnest(v_queues)),
    'handoffsDue', exists (select from handoffs where handed_back_at is null and taken_at is null and told_at is null
                             and due_at <= clock_timestamp()));
end $$;
