-- Trigger: has the words of a message brought into the search again (`index_messages`) when they change, and those of one that is dated
-- back, since the search looks for new messages by their time. Locks nothing.
create or replace function queue_message() returns trigger language plpgsql as $$
begin
  insert into messages_to_index (message_id) values (new.id);
  return null;
end $$;

-- No call for a message that is written as it comes: customers wait for the statements that write them.
create or replace trigger message_written after insert on messages
  for each row when (new.created_at < statement_timestamp() and (new.text is not null or new.reading is not null)) execute function queue_message();
create or replace trigger message_reworded after update of text, reading, conversation_id on messages
  for each row execute function queue_message();
