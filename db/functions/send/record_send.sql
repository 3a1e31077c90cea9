-- Records the outcome of one part of a reply (SentPart); returns its tenant. Locks the message.
create or replace function record_send(p_part jsonb) returns uuid language plpgsql as $$
declare
  v_state text := case p_part ->> 'outcome' when 'accepted' then 'sent' when 'rejected' then 'failed' when 'ambiguous' then 'ambiguous'
                                            when 'withheld' then 'withheld' end;
  v_tenant_id uuid;
begin
  update messages m set
      state = case when moves_forward(m.state, v_state) then v_state
                   when m.state in ('draft', 'ambiguous') then coalesce(v_state, 'draft') else m.state end,
      -- A send that was not made counts no more, if it was counted at all; earlier ones may have been made.
      sends = case when p_part ->> 'outcome' in ('unsent', 'withheld') and m.sends = coalesce((p_part ->> 'sends')::integer, m.sends)
                   then greatest(m.sends - 1, 0) else m.sends end,
      wa_message_id = coalesce(m.wa_message_id, case when not exists (
          select from messages k where k.tenant_id = m.tenant_id and k.wa_message_id = p_part ->> 'waMessageId')
        then p_part ->> 'waMessageId' end),
      confirmed_by = coalesce(m.confirmed_by, case v_state when 'sent' then 'answer' end),
      meta_codes = case when p_part ->> 'metaCode' is null then m.meta_codes else jsonb_build_array((p_part ->> 'metaCode')::integer) end,
      updated_at = clock_timestamp()
    where m.id = (p_part ->> 'id')::uuid returning m.tenant_id into v_tenant_id;
  return v_tenant_id;
end $$;
