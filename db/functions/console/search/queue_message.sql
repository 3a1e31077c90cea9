-- Trigger: has the words of a message brought into the search again (`index_messages`) when they change. New messages need no note: the
-- search finds them by their time, and customers wait for the statements that write them. Locks nothing.
create or replace function queue_message() returns trigger language plpgsql as $$
begin
  insert into messages_to_index (message_id) values (new.id);
  return null;
end $$;

create or replace trigger message_reworded after update of text, reading, conversation_id on messages
  for each row execute function queue_message();
