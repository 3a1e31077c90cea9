-- However a message goes. Only what comes from outside can come again.
create or replace function remember_deleted() returns trigger language plpgsql as $$
begin
  insert into purged_messages (tenant_id, id_hash)
    select tenant_id, message_id_hash(wa_message_id) from gone
      where wa_message_id is not null and (direction = 'in' or author = 'agent')
    on conflict do nothing;
  return null;
end $$;

create or replace trigger messages_remembered after delete on messages referencing old table as gone
  for each statement execute function remember_deleted();
