-- Returns what stands beside the thread (StoredPanel): the customer with the newest 20 handoffs and ratings.
create or replace function customer_panel_json(p_conversation conversations) returns jsonb language sql stable as $$
  select jsonb_build_object('id', u.id, 'name', u.name, 'phone', u.phone, 'waUserId', u.wa_user_id, 'language', u.language,
    'firstSeenAt', epoch_ms(u.created_at), 'optedOutAt', epoch_ms(u.opted_out_at), 'noMarketingAt', epoch_ms(u.no_marketing_at),
    'unreachableAt', epoch_ms(u.unreachable_at),
    'handoffs', coalesce((
      select jsonb_agg(handoff_json(h) order by h.opened_at desc) from (
        select * from handoffs where conversation_id = p_conversation.id order by opened_at desc limit 20) h), '[]'),
    'csat', coalesce((
      select jsonb_agg(jsonb_build_object('score', c.score, 'comment', c.comment, 'askedAt', epoch_ms(c.created_at),
          'answeredAt', epoch_ms(c.answered_at), 'notAsked', c.not_asked) order by c.created_at desc) from (
        select * from csat where conversation_id = p_conversation.id order by created_at desc limit 20) c), '[]'))
    from customers u where u.id = p_conversation.customer_id
$$;
