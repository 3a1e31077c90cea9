-- Returns why an operator may not send this message now (SendOutcome), null when they may: the customer wants no messages, a colleague has
-- the conversation, Meta's window has closed, something is quoted that is not there, or somebody else has written since the operator
-- looked. Locks nothing.
create or replace function refuse_to_send(p_conversation conversations, p_send jsonb) returns jsonb language plpgsql stable as $$
declare
  v_operator_id uuid := (p_send ->> 'operatorId')::uuid;
  v_message jsonb := p_send -> 'message';
  v_refused jsonb;
begin
  if has_opted_out(p_conversation.customer_id) then return jsonb_build_object('outcome', 'opted_out'); end if;
  v_refused := taken_by_other(p_conversation, v_operator_id, 'not_yours');
  if v_refused is not null then return v_refused; end if;
  if v_message ->> 'kind' <> 'template' and coalesce(p_conversation.window_ends_at <= clock_timestamp(), true) then
    return jsonb_build_object('outcome', 'window_closed');
  end if;
  if exists (
    select from (values (p_send ->> 'quoteWaMessageId'), (v_message ->> 'waMessageId')) as named (id)
      where id is not null and not exists (
        select from messages m
          where m.tenant_id = p_conversation.tenant_id and m.wa_message_id = named.id and m.conversation_id = p_conversation.id)) then
    return jsonb_build_object('outcome', 'unknown_message');
  end if;
  if (p_send ->> 'anyway')::boolean then return null; end if;
  return (
    select jsonb_build_object('outcome', 'others_wrote', 'by', operator_json(m.operator_id)) from messages m
      where m.conversation_id = p_conversation.id and m.author = 'operator' and m.operator_id is distinct from v_operator_id
        and m.state <> 'withheld' and m.created_at >= to_timestamp((p_send ->> 'seenAtMs')::float8 / 1000) + interval '1 millisecond'
      order by m.created_at desc limit 1);
end $$;
