-- Trigger: the audit log only grows. Lines go with their whole company, or by the purge, which says so (`chasqui.purging`) for its own
-- transaction. Locks nothing.
create or replace function refuse_audit_change() returns trigger language plpgsql as $$
begin
  if tg_op = 'DELETE' and (
    current_setting('chasqui.purging', true) = 'on' or not exists (select from tenants where id = old.tenant_id)) then
    return old;
  end if;
  raise exception 'the audit log only grows' using errcode = 'restrict_violation';
end $$;

create or replace trigger audit_log_kept before update or delete on audit_log
  for each row execute function refuse_audit_change();
create or replace trigger audit_log_not_emptied before truncate on audit_log
  for each statement execute function refuse_audit_change();
