-- Somebody is back, or known by another name as well: what they chose before they were forgotten counts again, unless they have
-- chosen since.
create or replace function recall_choices(person users) returns void language plpgsql as $$
declare
  of_phone bytea := person_hash(person.tenant_id, 'phone', person.phone);
  of_user bytea := person_hash(person.tenant_id, 'user', person.wa_user_id);
begin
  with recalled as (
    delete from opted_out_hashes
      where tenant_id = person.tenant_id and hash in (of_phone, of_user)
        and coalesce(user_hash = of_user, true)
      returning opted_out_at, no_marketing_at),
  newest as (select max(opted_out_at) as opted_out_at, max(no_marketing_at) as no_marketing_at from recalled)
  update users u set
      opted_out_at = case when n.opted_out_at > coalesce(u.opt_changed_at, '-infinity') then n.opted_out_at else u.opted_out_at end,
      opt_changed_at = greatest(u.opt_changed_at, n.opted_out_at),
      no_marketing_at = coalesce(u.no_marketing_at, n.no_marketing_at)
    from newest n where u.id = person.id and coalesce(n.opted_out_at, n.no_marketing_at) is not null;
end $$;
