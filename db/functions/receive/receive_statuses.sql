-- Applies status reports to our messages, locked one by one in the order of their ids; keeps those that came before our own record.
-- Returns how many moved a message forward, the handoffs that failures opened, and the conversations with a template to send.
create or replace function receive_statuses(p_statuses jsonb, out applied integer, out opened jsonb, out woken uuid[]) language plpgsql as $$
declare
  report record;
  settled uuid;
  settled_tenants uuid[] := '{}';
  changed jsonb;
begin
  applied := 0;
  woken := '{}';
  opened := '[]';
  for report in
    select s.*, coalesce(m.id, o.id) as message_id, coalesce(m.turn_id, o.turn_id) as turn_id, coalesce(m.state, o.state) as old_state,
           coalesce(m.conversation_id, o.conversation_id) as conversation_id, t.id as tenant_id,
           (select through_seq from turns where id = coalesce(m.turn_id, o.turn_id)) as through
      from rows from (jsonb_to_recordset(p_statuses)
          as ("phoneNumberId" text, "waMessageId" text, "opaqueId" text, status text, "errorCodes" jsonb, pricing jsonb, effect text))
        with ordinality as s("phoneNumberId", "waMessageId", "opaqueId", status, "errorCodes", pricing, effect, position)
      -- A number speaks of its own messages alone.
      join tenants t on t.phone_number_id = s."phoneNumberId"
      left join messages m on m.wa_message_id = s."waMessageId" and m.direction = 'out' and m.tenant_id = t.id
      left join messages o on o.direction = 'out' and o.tenant_id = t.id
        and o.id = case when s."opaqueId" ~ '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$' then s."opaqueId"::uuid end
      -- A report by the id of what somebody sent to us is about nothing of ours, whatever else it says.
      where not exists (select from messages i where i.tenant_id = t.id and i.wa_message_id = s."waMessageId" and i.direction = 'in')
      order by coalesce(m.id, o.id), s.position
  loop
    if report.message_id is null then
      insert into early_statuses as e (tenant_id, wa_message_id, state, error_codes, pricing, effect)
        values (report.tenant_id, report."waMessageId", report.status, coalesce(report."errorCodes", '[]'), report.pricing, report.effect)
        on conflict (tenant_id, wa_message_id) do update
          set state = excluded.state, error_codes = excluded.error_codes, pricing = coalesce(excluded.pricing, e.pricing), effect = excluded.effect
          where moves_forward(e.state, excluded.state);
    else
      -- Written down as ambiguous, and now it is known after all.
      if report.old_state in ('draft', 'ambiguous') then
        update messages set confirmed_by = 'echo'
          where id = report.message_id and state = 'ambiguous' and confirmed_by is null returning tenant_id into settled;
        if found then settled_tenants := settled_tenants || settled; end if;
      end if;
      update messages set
          state = report.status,
          -- An id that another message has already is not this one's, whatever else Meta says of it.
          wa_message_id = case when wa_message_id is null and not exists (
              select from messages k where k.tenant_id = report.tenant_id and k.wa_message_id = report."waMessageId")
            then report."waMessageId" else wa_message_id end,
          error_codes = coalesce(report."errorCodes", '[]'),
          pricing = coalesce(nullif(report.pricing, 'null'), pricing),
          updated_at = clock_timestamp()
        where id = report.message_id and moves_forward(state, report.status);
      if found then
        applied := applied + 1;
        if report.old_state = 'ambiguous' and report.status <> 'failed' then perform confirm_turn(report.turn_id); end if;
        if report.effect is not null then
          changed := apply_failure(report.conversation_id, report.effect, report.through);
          -- A template that is written down and has only to be sent; or a person who has to be told.
          if changed = '"template"' then woken := woken || report.conversation_id; end if;
          if jsonb_typeof(changed) = 'object' then opened := opened || changed; end if;
        end if;
      end if;
    end if;
  end loop;
  perform raise_counters(tenant, array_agg('settled_by_echo'::text))
    from unnest(settled_tenants) tenant group by tenant order by tenant;
end $$;
