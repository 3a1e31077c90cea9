-- Stores whether a customer wants marketing messages, unless a newer preference came first. Locks the customer.
create or replace function receive_preference(p_customer_id uuid, p_preference jsonb, p_at timestamptz) returns void language plpgsql as $$
begin
  if p_preference ->> 'category' = 'marketing_messages' then
    update customers set no_marketing_at = case p_preference ->> 'value' when 'stop' then p_at end
      where id = p_customer_id and coalesce(no_marketing_at <= p_at, true);
  end if;
end $$;
