-- Records the outcome of each part of a reply; returns the effects of failures that Meta reported before we had a record. Locks the
-- messages in the order of the parts.
create or replace function record_sends(p_parts jsonb) returns text[] language plpgsql as $$
declare
  v_part jsonb;
  v_tenant_id uuid;
  v_effect text;
  v_effects text[] := '{}';
begin
  -- One by one: a join with a list of unknown length makes the planner read the whole table.
  for v_index in 0 .. jsonb_array_length(p_parts) - 1 loop
    v_part := p_parts -> v_index;
    v_tenant_id := record_send(v_part);
    v_effect := apply_early_status(v_tenant_id, v_part ->> 'waMessageId');
    if v_effect is not null then v_effects := v_effects || effects_of_report((v_part ->> 'id')::uuid, v_effect); end if;
  end loop;
  return v_effects;
end $$;
