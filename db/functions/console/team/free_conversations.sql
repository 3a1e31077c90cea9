-- Puts the conversations that an operator has back into the queue of their company: whoever takes them next has them. Locks these
-- conversations in the order of their ids, then their handoffs.
create or replace function free_conversations(p_tenant_id uuid, p_operator_id uuid) returns void language plpgsql as $$
declare
  v_conversation conversations;
begin
  for v_conversation in
    select * from conversations where tenant_id = p_tenant_id and assignee_id = p_operator_id and status = 'human' order by id for update
  loop
    perform put_back_in_queue(v_conversation.id);
    perform save_conversation(give_to_operator(v_conversation, null));
  end loop;
end $$;
