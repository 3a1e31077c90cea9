-- Applies identity changes that were deferred, oldest first; one that follows another waits for it. Locks each change and then the
-- conversations of its customers, without waiting, because the caller may hold a conversation.
create or replace function apply_deferred_identity_changes(p_limit integer) returns void language plpgsql as $$
declare
  v_deferred deferred_identity_changes;
begin
  for v_deferred in select * from deferred_identity_changes order by id limit p_limit for update skip locked loop
    if exists (select from deferred_identity_changes d where d.tenant_id = v_deferred.tenant_id and d.id < v_deferred.id
                 and follows_identity_change(v_deferred.change, d.change)) then
      continue;
    end if;
    begin
      perform from conversations c join customers u on u.id = c.customer_id
        where u.tenant_id = v_deferred.tenant_id
          and (u.wa_user_id in (v_deferred.change #>> '{userId,previous}', v_deferred.change #>> '{userId,current}')
               or u.phone = any (phones_in(v_deferred.change #> '{phones,previous}', v_deferred.change #>> '{phone,previous}')
                                 || phones_in(v_deferred.change #> '{phones,current}', v_deferred.change #>> '{phone,current}')))
        order by c.id for update of c nowait;
      if change_identity(v_deferred.tenant_id, v_deferred.change) or v_deferred.received_at < clock_timestamp() - interval '7 days' then
        delete from deferred_identity_changes where id = v_deferred.id;
      end if;
    exception when lock_not_available then null;
    end;
  end loop;
end $$;
