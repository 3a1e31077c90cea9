-- Operators send videos too, as messages and in the header of a template.
alter table uploads drop constraint uploads_kind_check;
alter table uploads add constraint uploads_kind_check check (kind in ('image', 'video', 'audio', 'document'));
