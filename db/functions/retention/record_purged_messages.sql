-- Trigger: remembers ids of deleted messages that Meta may deliver again, that is, of those that we did not send. Locks no
-- existing row.
create or replace function record_purged_messages() returns trigger language plpgsql as $$
begin
  insert into purged_messages (tenant_id, id_hash)
    select tenant_id, message_id_hash(wa_message_id) from deleted
      where wa_message_id is not null and (direction = 'in' or author = 'operator')
    on conflict do nothing;
  return null;
end $$;

create or replace trigger messages_purged after delete on messages referencing old table as deleted
  for each statement execute function record_purged_messages();
