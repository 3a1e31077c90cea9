-- An operator closes a conversation: its handoff ends and the bot has it, until the customer writes again (Outcome); `not_yours` when
-- another operator has it. The customer is asked for a rating in one of `p_questions` (RatingNotices). Closed already, nothing changes. Locks the conversation first, then its handoff.
create or replace function close_conversation(p_tenant_id uuid, p_operator_id uuid, p_conversation_id uuid, p_questions jsonb) returns jsonb
language plpgsql set lock_timeout = '2s' as $$
declare
  v_conversation conversations := lock_conversation(p_tenant_id, p_conversation_id);
  v_refused jsonb;
begin
  if v_conversation.id is null then return jsonb_build_object('outcome', 'not_found'); end if;
  if v_conversation.closed_at is not null then return jsonb_build_object('outcome', 'done'); end if;
  v_refused := taken_by_other(v_conversation, p_operator_id, 'not_yours');
  if v_refused is not null then return v_refused; end if;
  perform close_handoff(v_conversation.id);
  v_conversation := request_rating(count_repeat(set_closed(v_conversation), null), 'closed', p_questions);
  perform save_conversation(v_conversation);
  return jsonb_build_object('outcome', 'done');
end $$;
