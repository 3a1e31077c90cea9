-- Applies a status report that came before our own record of the message, and deletes it; returns the effect of a failure, or null.
-- Locks the report, then the message.
create or replace function apply_early_status(p_tenant_id uuid, p_wa_message_id text) returns text language plpgsql as $$
declare
  v_early early_statuses;
begin
  select * into v_early from early_statuses where tenant_id = p_tenant_id and wa_message_id = p_wa_message_id;
  if v_early.wa_message_id is null then return null; end if;
  delete from early_statuses where tenant_id = p_tenant_id and wa_message_id = p_wa_message_id;
  update messages m set state = v_early.state, meta_codes = v_early.meta_codes, pricing = coalesce(v_early.pricing, m.pricing)
    where m.wa_message_id = p_wa_message_id and m.tenant_id = p_tenant_id and moves_forward(m.state, v_early.state);
  return case when found then v_early.effect end;
end $$;
