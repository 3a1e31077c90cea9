-- Stores the messages of all senders of a delivery. Each sender comes once and always in the same order, so that two deliveries cannot
-- wait for each other. Locks for each sender the customer and then the conversation (receive_from_sender).
create or replace function receive_from_senders(
  p_batch jsonb,
  out o_unread_ids uuid[],
  out o_claim json,
  out o_notices jsonb,
  out o_stored integer, out o_duplicates integer, out o_limited integer, out o_not_ours integer,
  -- The tenants of redelivered messages, once for each message.
  out o_redelivered_to uuid[],
  -- The tenants of conversations that were snoozed.
  out o_woken uuid[],
  -- True when one of the numbers sends at a known throughput.
  out o_has_throughput boolean) language plpgsql as $$
declare
  v_sender record;
  v_tenant tenants;
  v_received record;
begin
  o_unread_ids := '{}'; o_notices := '[]'; o_stored := 0; o_duplicates := 0; o_limited := 0; o_not_ours := 0;
  o_redelivered_to := '{}'; o_woken := '{}'; o_has_throughput := false;
  for v_sender in
    select s."phoneNumberId" as phone_number_id, phones_in(s.phones, s."from") as phones, s."fromUserId" as wa_user_id, s.name, s.messages,
           t::tenants as tenant
      from rows from (jsonb_to_recordset(p_batch -> 'senders')
          as ("phoneNumberId" text, "from" text, phones jsonb, "fromUserId" text, name text, messages jsonb)) with ordinality
        as s("phoneNumberId", "from", phones, "fromUserId", name, messages, position)
      -- One by one: a join with a list of unknown length makes the planner read the whole table.
      left join lateral (select * from tenants where phone_number_id = s."phoneNumberId" limit 1) t on true
      order by s.position
  loop
    v_tenant := v_sender.tenant;
    if v_tenant.id is null and p_batch -> 'phoneNumberIds' ? v_sender.phone_number_id then
      perform ensure_tenants(p_batch -> 'phoneNumberIds');
      select * into v_tenant from tenants where phone_number_id = v_sender.phone_number_id;
    end if;
    if v_tenant.id is null then
      o_not_ours := o_not_ours + jsonb_array_length(v_sender.messages);
      continue;
    end if;
    v_received := receive_from_sender(p_batch, v_tenant, v_sender.phones, v_sender.wa_user_id, v_sender.name, v_sender.messages);
    o_claim := v_received.o_claim;
    o_stored := o_stored + v_received.o_stored;
    o_duplicates := o_duplicates + v_received.o_duplicates;
    o_limited := o_limited + v_received.o_limited;
    o_has_throughput := o_has_throughput or v_tenant.throughput is not null;
    if v_received.o_unread_id is not null then o_unread_ids := o_unread_ids || v_received.o_unread_id; end if;
    if v_received.o_notice is not null then o_notices := o_notices || v_received.o_notice; end if;
    if v_received.o_woken then o_woken := o_woken || v_tenant.id; end if;
    if v_received.o_redelivered > 0 then
      o_redelivered_to := o_redelivered_to || array_fill(v_tenant.id, array[v_received.o_redelivered]);
    end if;
  end loop;
end $$;
