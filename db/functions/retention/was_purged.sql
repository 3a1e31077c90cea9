-- True when a message of this id was deleted in the last two years. Only asked for a message that is older than what Meta delivers
-- again: a younger one is still in its table.
create or replace function was_purged(p_tenant_id uuid, p_wa_message_id text) returns boolean language plpgsql stable as $$
begin
  return exists (select from purged_messages where tenant_id = p_tenant_id and id_hash = message_id_hash(p_wa_message_id));
end $$;
