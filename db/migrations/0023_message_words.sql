-- Words of messages stand apart: a message's row is written several times on its way, and each time would change every index of its table.
create table message_words (
  message_id uuid primary key references messages (id) on delete cascade,
  -- As in the message: a search reads no other table.
  conversation_id uuid not null,
  created_at timestamptz not null,
  words tsvector not null
);
-- Messages whose words are to be brought in. Without an index, which would cost as much as it saves; `index_messages` keeps it short.
create table messages_to_index (message_id uuid not null);

insert into message_words (message_id, conversation_id, created_at, words)
  select id, conversation_id, created_at, search_terms(tenant_id, text, reading) from messages
    where text is not null or reading is not null;
drop index messages_search;
create index message_words_search on message_words using gin (words);
