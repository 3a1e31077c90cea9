-- Asks the customer of a conversation for a rating, or keeps why not (`closed` by an operator, or `silent`). `p_questions` has the notices by
-- language (RatingNotices). Changes the conversation in memory: the caller has locked and saves it, and runs it when something is unsent.
create or replace function request_rating(p_conversation conversations, p_cause text, p_questions jsonb) returns conversations
language plpgsql as $$
declare
  v_settings jsonb := (select settings from tenants where id = p_conversation.tenant_id);
  v_served jsonb;
  v_reason text;
  v_notices jsonb;
  v_id uuid := gen_random_uuid();
begin
  if not (tenant_setting(v_settings, 'csat', 'enabled'))::boolean or p_conversation.rated_seq >= p_conversation.received_seq then
    return set_rated(p_conversation);
  end if;
  v_served := served_json(p_conversation);
  v_reason := reason_not_to_ask(p_conversation, v_settings, v_served);
  select p_questions -> coalesce(u.language, t.profile ->> 'language', 'en') into v_notices
    from customers u, tenants t where u.id = p_conversation.customer_id and t.id = p_conversation.tenant_id;
  insert into csat (id, tenant_id, conversation_id, customer_id, served_by, operator_id, intent, cause, not_asked, notices)
    values (v_id, p_conversation.tenant_id, p_conversation.id, p_conversation.customer_id, coalesce(v_served ->> 'by', 'bot'),
            (v_served ->> 'operatorId')::uuid, v_served ->> 'intent', p_cause, v_reason,
            case when v_reason is null then v_notices - 'question' end);
  if v_reason is null then
    p_conversation := draft_notice(p_conversation, replace((v_notices -> 'question')::text, '{rating}', v_id::text)::jsonb);
  end if;
  return set_rated(p_conversation);
end $$;
