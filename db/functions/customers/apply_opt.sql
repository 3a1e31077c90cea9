-- Opts a customer out (`stop`) or in (`start`): replies that were not sent yet are withheld. The caller has locked the conversation;
-- this locks the customer, then the replies.
create or replace function apply_opt(p_customer customers, p_conversation_id uuid, p_opt text, p_at timestamptz) returns customers
language plpgsql as $$
begin
  update customers set opted_out_at = case p_opt when 'stop' then p_at end, opt_changed_at = p_at, way_back_told_at = null
    where id = p_customer.id returning * into p_customer;
  update messages set state = 'withheld', updated_at = clock_timestamp()
    where conversation_id = p_conversation_id and direction = 'out' and state = 'draft' and sends = 0;
  return p_customer;
end $$;
