-- Applies the effects of several failures of one reply; returns the last handoff that they opened. Locks as apply_failure.
create or replace function apply_failures(p_conversation_id uuid, p_effects text[], p_through_seq bigint) returns jsonb language plpgsql as $$
declare
  v_effect text;
  v_change jsonb;
  v_handoff jsonb;
begin
  foreach v_effect in array p_effects loop
    v_change := apply_failure(p_conversation_id, v_effect, p_through_seq);
    if jsonb_typeof(v_change) = 'object' then v_handoff := v_change; end if;
  end loop;
  return v_handoff;
end $$;
