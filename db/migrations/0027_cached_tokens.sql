-- Input tokens that a model's service had cached, and why a turn's reply was written by its model.
alter table turns add column cached_tokens integer not null default 0, add column model_choice text;
