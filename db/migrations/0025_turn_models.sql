-- What each model of a turn read, wrote and cost (ModelUse): a message is sorted by one model and answered by another. Null: written by a
-- release that kept the sums alone.
alter table turns add column models jsonb;
