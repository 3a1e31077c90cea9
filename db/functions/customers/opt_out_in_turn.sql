-- Opts a customer out by a message whose stop request only its turn could tell: it was spoken, or depends on what we had asked. Nothing
-- changes if a newer choice came first. The caller has locked the conversation; this locks the message, then the customer and replies.
create or replace function opt_out_in_turn(p_conversation conversations, p_message_id uuid) returns void language plpgsql as $$
declare
  v_customer customers;
  v_sent_at timestamptz;
begin
  select sent_at into v_sent_at from messages where id = p_message_id and conversation_id = p_conversation.id and direction = 'in';
  select * into v_customer from customers where id = p_conversation.customer_id;
  if v_sent_at is null or opt_change(v_customer, 'stop', v_sent_at) is null then return; end if;
  update messages set opt = 'stop' where id = p_message_id;
  perform apply_opt(v_customer, p_conversation.id, 'stop', v_sent_at);
end $$;
