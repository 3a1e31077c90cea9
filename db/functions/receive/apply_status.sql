-- Moves a message forward to the status that Meta reports; false when it was there already or further. Locks the message.
create or replace function apply_status(p_message_id uuid, p_wa_message_id text, p_status text, p_meta_codes jsonb, p_pricing jsonb) returns boolean
language plpgsql as $$
begin
  update messages m set
      state = p_status,
      -- An id that another message has is not taken, whatever Meta says.
      wa_message_id = case when m.wa_message_id is null and not exists (
          select from messages k where k.tenant_id = m.tenant_id and k.wa_message_id = p_wa_message_id)
        then p_wa_message_id else m.wa_message_id end,
      meta_codes = coalesce(p_meta_codes, '[]'),
      pricing = coalesce(nullif(p_pricing, 'null'), m.pricing),
      updated_at = clock_timestamp()
    where m.id = p_message_id and moves_forward(m.state, p_status);
  return found;
end $$;
