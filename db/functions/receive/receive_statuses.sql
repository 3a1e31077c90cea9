-- Applies status reports to our messages, and keeps those that came before our own record. Locks messages one by one in the order of
-- their ids, then the conversations of failures; counters come last.
create or replace function receive_statuses(
  p_statuses jsonb,
  -- How many moved a message forward.
  out o_applied integer,
  -- Handoffs that failures opened.
  out o_handoffs jsonb,
  -- Conversations with a draft to send.
  out o_unread_ids uuid[]) language plpgsql as $$
declare
  v_report record;
  v_confirmed_of uuid[] := '{}';
  v_effect text;
  v_change jsonb;
begin
  o_applied := 0; o_handoffs := '[]'; o_unread_ids := '{}';
  for v_report in
    select s.*, t.id as tenant_id, coalesce(m.id, o.id) as message_id, coalesce(m.turn_id, o.turn_id) as turn_id,
           coalesce(m.state, o.state) as old_state, coalesce(m.conversation_id, o.conversation_id) as conversation_id,
           (select through_seq from turns where id = coalesce(m.turn_id, o.turn_id)) as through_seq
      from rows from (jsonb_to_recordset(p_statuses)
          as ("phoneNumberId" text, "waMessageId" text, "opaqueId" text, status text, "metaCodes" jsonb, pricing jsonb, effect text))
        with ordinality as s("phoneNumberId", "waMessageId", "opaqueId", status, "metaCodes", pricing, effect, position)
      -- A number only reports on its own messages.
      join tenants t on t.phone_number_id = s."phoneNumberId"
      left join messages m on m.wa_message_id = s."waMessageId" and m.direction = 'out' and m.tenant_id = t.id
      left join messages o on o.direction = 'out' and o.tenant_id = t.id
        and o.id = case when s."opaqueId" ~ '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$' then s."opaqueId"::uuid end
      -- A report with the id of a customer's message is about nothing that we sent.
      where not exists (select from messages i where i.tenant_id = t.id and i.wa_message_id = s."waMessageId" and i.direction = 'in')
      order by coalesce(m.id, o.id), s.position
  loop
    if v_report.message_id is null then
      insert into early_statuses as e (tenant_id, wa_message_id, state, meta_codes, pricing, effect)
        values (v_report.tenant_id, v_report."waMessageId", v_report.status, coalesce(v_report."metaCodes", '[]'), v_report.pricing, v_report.effect)
        on conflict (tenant_id, wa_message_id) do update
          set state = excluded.state, meta_codes = excluded.meta_codes, pricing = coalesce(excluded.pricing, e.pricing), effect = excluded.effect
          where moves_forward(e.state, excluded.state);
      continue;
    end if;
    if v_report.old_state in ('draft', 'ambiguous') then
      update messages set confirmed_by = 'status_report' where id = v_report.message_id and state = 'ambiguous' and confirmed_by is null;
      if found then v_confirmed_of := v_confirmed_of || v_report.tenant_id; end if;
    end if;
    if not apply_status(v_report.message_id, v_report."waMessageId", v_report.status, v_report."metaCodes", v_report.pricing) then continue; end if;
    o_applied := o_applied + 1;
    if v_report.old_state = 'ambiguous' and v_report.status <> 'failed' then perform confirm_turn(v_report.turn_id); end if;
    if v_report.status = 'failed' then
      foreach v_effect in array effects_of_report(v_report.message_id, v_report.effect) loop
        v_change := apply_failure(v_report.conversation_id, v_effect, v_report.through_seq);
        if v_change = '"unread"' then o_unread_ids := o_unread_ids || v_report.conversation_id; end if;
        if jsonb_typeof(v_change) = 'object' then o_handoffs := o_handoffs || v_change; end if;
      end loop;
    end if;
  end loop;
  perform raise_counters(tenant_id, array_agg('confirmed_by_status_report'::text))
    from unnest(v_confirmed_of) tenant_id group by tenant_id order by tenant_id;
end $$;
