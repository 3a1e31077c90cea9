-- True when a message of this id was here and is deleted, for two years. To be asked where the message's own time is older than
-- what Meta delivers again: for a younger one the row itself is still there.
create or replace function was_purged(p_tenant uuid, p_wa_message_id text) returns boolean language plpgsql stable as $$
begin
  return exists (select from purged_messages where tenant_id = p_tenant and id_hash = message_id_hash(p_wa_message_id));
end $$;
