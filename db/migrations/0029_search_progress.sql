-- How far the console's search has read the messages that are new: they need no note of their own any more, which each of them paid for.
create table search_progress (
  single boolean primary key default true check (single),
  -- Of the messages stored before, all words are in the search, but for the last minute's and those of `messages_to_index`.
  read_until timestamptz not null
);
insert into search_progress (read_until) values (clock_timestamp());
