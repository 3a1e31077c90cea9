-- What the local classifier guessed of a turn's intent: {"intent", "confidence", "sure", "version"}.
alter table turns add column guess jsonb;
