-- Restores the consent of a customer who was deleted and is back, or is now known by another identity too, unless they have decided
-- anew since. It is found by any spelling of the phone. Locks the customer; the consent is deleted.
create or replace function restore_consents(p_customer customers, p_phones text[]) returns void language plpgsql as $$
declare
  v_user_hash bytea := identity_hash(p_customer.tenant_id, 'user', p_customer.wa_user_id);
  v_hashes bytea[] := array(select identity_hash(p_customer.tenant_id, 'phone', phone) from unnest(p_phones) phone) || v_user_hash;
begin
  with restored as (
    delete from consents
      where tenant_id = p_customer.tenant_id and hash = any (v_hashes) and coalesce(wa_user_hash = v_user_hash, true)
      returning opted_out_at, no_marketing_at),
  newest as (select max(opted_out_at) as opted_out_at, max(no_marketing_at) as no_marketing_at from restored)
  update customers u set
      opted_out_at = case when n.opted_out_at > coalesce(u.opt_changed_at, '-infinity') then n.opted_out_at else u.opted_out_at end,
      opt_changed_at = greatest(u.opt_changed_at, n.opted_out_at),
      no_marketing_at = coalesce(u.no_marketing_at, n.no_marketing_at)
    from newest n where u.id = p_customer.id and coalesce(n.opted_out_at, n.no_marketing_at) is not null;
end $$;
