-- Trigger: what changes a message's words has them brought into the search (`index_messages`). Only noted here, since customers wait for
-- the statements that write messages. Locks nothing.
create or replace function queue_message() returns trigger language plpgsql as $$
begin
  insert into messages_to_index (message_id) values (new.id);
  return null;
end $$;

create or replace trigger message_written after insert on messages
  for each row when (new.text is not null or new.reading is not null) execute function queue_message();
create or replace trigger message_reworded after update of text, reading, conversation_id on messages
  for each row execute function queue_message();
