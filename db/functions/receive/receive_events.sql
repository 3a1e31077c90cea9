-- Stores a webhook: `senders` with their messages in order, each sender once and always in the same order, so that two webhooks
-- cannot wait for each other; statuses; and what else there may be. With `claim`, and one sender for whom nothing waited before,
-- begins the turn as well. As few statements as can be, because each costs PostgreSQL more than what it finds. Settings as in all
-- functions of the way of a message: what is asked is always alike, so it is planned once; and a wait for a lock may hold up others
-- whose calls are in the same statement, so it is short.
--
-- Locks, in this order: for each sender the person and then the conversation (receive_sender); people and conversations of what else
-- there is (receive_besides); conversations of names put aside, without waiting; messages of statuses by their ids; then only what
-- nobody waits for while holding it: paces and counters.
create or replace function receive_events(p jsonb) returns json language plpgsql
set plan_cache_mode = force_generic_plan set lock_timeout = '2s' as $$
declare
  sender record;
  company tenants;
  received record;
  claim json;
  news uuid[] := '{}';
  left_open uuid[] := '{}';
  redelivered uuid[] := '{}';
  notices jsonb := '[]';
  alerts jsonb := '[]';
  opened jsonb := '[]';
  stored integer := 0; duplicates integer := 0; limited integer := 0; applied integer := 0; not_ours integer := 0;
  -- A number among them sends at a known rate.
  paced boolean := false;
begin
  if p -> 'throughputs' <> '{}' then
    update tenants t set throughput = s.value::integer from jsonb_each_text(p -> 'throughputs') s
      where t.phone_number_id = s.key and t.throughput is distinct from s.value::integer;
  end if;

  for sender in
    select s."phoneNumberId" as phone_number_id, s."from" as phone, s."fromUserId" as wa_user_id, s.name, s.messages,
           t::tenants as company
      from rows from (jsonb_to_recordset(p -> 'senders')
          as ("phoneNumberId" text, "from" text, "fromUserId" text, name text, messages jsonb)) with ordinality
        as s("phoneNumberId", "from", "fromUserId", name, messages, position)
      -- One by one: a join with a list of unknown length makes the planner read the whole table.
      left join lateral (select * from tenants where phone_number_id = s."phoneNumberId" limit 1) t on true
      order by s.position
  loop
    company := sender.company;
    if company.id is null and p -> 'phoneNumberIds' ? sender.phone_number_id then
      perform know_numbers(p -> 'phoneNumberIds');
      select * into company from tenants where phone_number_id = sender.phone_number_id;
    end if;
    if company.id is null then
      not_ours := not_ours + jsonb_array_length(sender.messages);
      continue;
    end if;
    paced := paced or company.throughput is not null;
    received := receive_sender(p, company, sender.phone, sender.wa_user_id, sender.name, sender.messages);
    stored := stored + received.stored;
    duplicates := duplicates + received.duplicates;
    limited := limited + received.limited;
    claim := received.claim;
    if received.waiting is not null then news := news || received.waiting; end if;
    if received.notice is not null then notices := notices || received.notice; end if;
    if received.redelivered > 0 then redelivered := redelivered || array_fill(company.id, array[received.redelivered]); end if;
  end loop;

  if p ? 'besides' then
    perform know_numbers(p -> 'phoneNumberIds');
    alerts := receive_besides(p -> 'besides', (p ->> 'humanPauseS')::integer);
  end if;
  if exists (select from identity_changes_aside) then perform apply_identity_changes(3); end if;
  if p -> 'statuses' <> '[]' then
    select s.applied, s.opened, s.woken || news into applied, opened, news from receive_statuses(p -> 'statuses') s;
  end if;
  if paced then perform count_inbound(jsonb_path_query_array(p, '$.senders[*].messages[*]')); end if;
  if redelivered <> '{}' then
    perform raise_counters(tenant, array_agg('redelivered'::text))
      from unnest(redelivered) tenant group by tenant order by tenant;
  end if;

  -- Most of the time nobody waits so long that it is worth a closer look.
  if (select min(open_since) from conversations where received_seq > answered_seq) < clock_timestamp() - interval '5 seconds' then
    left_open := array(select open_conversations(3) except select unnest(news));
  end if;
  return json_build_object(
    'conversationIds', news, 'claim', claim,
    'leftOpen', left_open,
    'stored', stored, 'duplicates', duplicates, 'limited', limited, 'notOurs', not_ours,
    'statusesApplied', applied, 'notices', notices, 'handoffs', opened, 'alerts', alerts);
end $$;
