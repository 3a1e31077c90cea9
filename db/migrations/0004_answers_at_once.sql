-- Rounds in a row in which a customer answered our reply at once: another bot. On the row that is locked anyway.
alter table conversations add column at_once integer not null default 0;
