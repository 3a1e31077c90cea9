-- How far the console's search has read the new messages: they need no note of their own any more, which each of them paid for.
create table search_progress (
  single boolean primary key default true check (single),
  -- The words of all messages that were stored before are in the search, but for the last minute's and those of `messages_to_index`.
  -- Whoever writes messages of an earlier time sets it back.
  read_until timestamptz not null
);
insert into search_progress (read_until) values (clock_timestamp());
drop trigger if exists message_written on messages;

-- The order of arrival serves the bot's history as it does the console's thread: one index less for each version of a message.
drop index messages_history;

-- PostgreSQL parses and plans a check again for each statement that writes the table. These five were a tenth of all that it does for a
-- message. Only db/functions/ writes these columns; `npm run chaos` checks their values.
alter table messages
  drop constraint messages_author_check, drop constraint messages_confirmed_by_check, drop constraint messages_direction_check,
  drop constraint messages_opt_check;
alter table conversations drop constraint conversations_status_check;
