-- True while a customer wants no more messages. Locks nothing.
create or replace function has_opted_out(p_customer_id uuid) returns boolean language plpgsql stable as $$
begin
  return exists (select from customers where id = p_customer_id and opted_out_at is not null);
end $$;
