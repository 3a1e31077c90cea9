-- Notes that a customer who has opted out is told the way back. Locks the customer.
create or replace function tell_way_back(p_customer customers) returns customers language plpgsql as $$
begin
  update customers set way_back_told_at = clock_timestamp() where id = p_customer.id returning * into p_customer;
  return p_customer;
end $$;
