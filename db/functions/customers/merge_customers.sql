-- Joins two records of one customer, with their messages and everything unread. False, and nothing is changed, while a reply to either
-- is being sent: the next message tries again. Locks both conversations in the order of ids, then the customers and
-- the acts and reminders of the joined one.
create or replace function merge_customers(p_kept_id uuid, p_joined_id uuid) returns boolean language plpgsql as $$
declare
  v_kept conversations;
  v_joined conversations;
begin
  perform from conversations where customer_id in (p_kept_id, p_joined_id) order by id for update;
  select * into v_kept from conversations where customer_id = p_kept_id;
  select * into v_joined from conversations where customer_id = p_joined_id;
  if greatest(v_kept.lease_expires_at, v_joined.lease_expires_at) > clock_timestamp()
     or exists (select from turns where conversation_id in (v_kept.id, v_joined.id) and state = 'drafted') then
    return false;
  end if;
  if v_kept.id is not null and v_joined.id is not null then
    perform save_conversation(merge_conversations(v_kept, v_joined));
  elsif v_joined.id is not null then
    v_joined.customer_id := p_kept_id;
    perform save_conversation(v_joined);
  end if;
  update customers k set
      name = coalesce(k.name, j.name), language = coalesce(k.language, j.language), created_at = least(k.created_at, j.created_at),
      opted_out_at = case when j.opt_changed_at > coalesce(k.opt_changed_at, '-infinity') then j.opted_out_at else k.opted_out_at end,
      opt_changed_at = greatest(k.opt_changed_at, j.opt_changed_at),
      way_back_told_at = greatest(k.way_back_told_at, j.way_back_told_at),
      no_marketing_at = coalesce(k.no_marketing_at, j.no_marketing_at), accepted_phone = coalesce(k.accepted_phone, j.accepted_phone)
    from customers j where k.id = p_kept_id and j.id = p_joined_id;
  update acts set conversation_id = coalesce(v_kept.id, v_joined.id), customer_id = p_kept_id where customer_id = p_joined_id;
  if v_kept.id is not null and v_joined.id is not null then
    -- Of one appointment the reminder that was kept last.
    delete from reminders r using reminders newer
      where r.conversation_id in (v_kept.id, v_joined.id) and newer.conversation_id in (v_kept.id, v_joined.id)
        and newer.key = r.key and newer.id <> r.id and (newer.created_at, newer.id) > (r.created_at, r.id);
    update reminders set conversation_id = v_kept.id where conversation_id = v_joined.id;
  end if;
  delete from customers where id = p_joined_id;
  return true;
end $$;
