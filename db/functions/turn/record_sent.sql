-- Writes down the outcome of each part; returns the effects of failures that Meta reported before we had a record.
create or replace function record_sent(p_parts jsonb) returns text[] language plpgsql as $$
declare
  part jsonb;
  v_state text;
  v_tenant uuid;
  early early_statuses;
  effects text[] := '{}';
begin
  -- One by one: a join with a list of unknown length makes the planner read the whole table.
  for i in 0 .. jsonb_array_length(p_parts) - 1 loop
    part := p_parts -> i;
    v_state := case part ->> 'outcome' when 'accepted' then 'sent' when 'rejected' then 'failed' when 'ambiguous' then 'ambiguous' when 'withheld' then 'withheld' end;
    update messages m set
        state = case when moves_forward(m.state, v_state) then v_state
                     when m.state in ('draft', 'ambiguous') then coalesce(v_state, 'draft') else m.state end,
        -- A send that certainly did not happen counts no more, if it was counted at all; the ones before it may have.
        sends = case when part ->> 'outcome' in ('unsent', 'withheld') and m.sends = coalesce((part ->> 'sends')::integer, m.sends)
                     then greatest(m.sends - 1, 0) else m.sends end,
        wa_message_id = coalesce(m.wa_message_id, case when not exists (
            select from messages k where k.tenant_id = m.tenant_id and k.wa_message_id = part ->> 'waMessageId')
          then part ->> 'waMessageId' end),
        confirmed_by = coalesce(m.confirmed_by, case v_state when 'sent' then 'answer' end),
        error_codes = case when part ->> 'errorCode' is null then m.error_codes else jsonb_build_array((part ->> 'errorCode')::integer) end,
        updated_at = clock_timestamp()
      where m.id = (part ->> 'id')::uuid returning m.tenant_id into v_tenant;
    -- A status report that was quicker than our own record.
    select * into early from early_statuses where tenant_id = v_tenant and wa_message_id = part ->> 'waMessageId';
    if early.wa_message_id is not null then
      delete from early_statuses where tenant_id = v_tenant and wa_message_id = early.wa_message_id;
      update messages m set state = early.state, error_codes = early.error_codes, pricing = coalesce(early.pricing, m.pricing)
        where m.wa_message_id = early.wa_message_id and m.tenant_id = v_tenant and moves_forward(m.state, early.state);
      if found and early.effect is not null then effects := effects || early.effect; end if;
    end if;
  end loop;
  return effects;
end $$;
