-- Changes that were put aside, oldest first, as far as nobody holds the people they are about. One that follows another waits for it.
create or replace function apply_identity_changes(p_limit integer) returns void language plpgsql as $$
declare
  item identity_changes_aside;
begin
  for item in select * from identity_changes_aside order by id limit p_limit for update skip locked loop
    if exists (select from identity_changes_aside a where a.tenant_id = item.tenant_id and a.id < item.id
                 and follows_identity_change(item.change, a.change)) then
      continue;
    end if;
    begin
      -- Whoever calls this may hold a conversation: nobody is waited for.
      perform from conversations c join users u on u.id = c.user_id
        where u.tenant_id = item.tenant_id
          and (u.wa_user_id in (item.change #>> '{userId,previous}', item.change #>> '{userId,current}')
               or u.phone in (item.change #>> '{phone,previous}', item.change #>> '{phone,current}'))
        order by c.id for update of c nowait;
      if change_identity(item.tenant_id, item.change) or item.received_at < clock_timestamp() - interval '7 days' then
        delete from identity_changes_aside where id = item.id;
      end if;
    exception when lock_not_available then null;
    end;
  end loop;
end $$;
