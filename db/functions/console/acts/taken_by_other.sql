-- Returns who has a conversation when that is another operator (`{outcome, by}` of an act), else null. Locks nothing.
create or replace function taken_by_other(p_conversation conversations, p_operator_id uuid, p_outcome text) returns jsonb language plpgsql stable as $$
begin
  if p_conversation.assignee_id is null or p_conversation.assignee_id = p_operator_id then return null; end if;
  return (select jsonb_build_object('outcome', p_outcome, 'by', jsonb_build_object('id', o.id, 'name', o.name))
            from operators o where o.id = p_conversation.assignee_id);
end $$;
