-- Returns a conversation as a list shows it to an operator (StoredRow): for lists, acts and the live stream.
create or replace function conversation_row_json(p_conversation conversations, p_operator_id uuid) returns jsonb language sql stable as $$
  select jsonb_build_object('id', p_conversation.id, 'name', u.name, 'phone', u.phone, 'language', u.language,
      'owner', case when p_conversation.status in ('human', 'other_app') then p_conversation.status else 'bot' end,
      'assignee', operator_json(p_conversation.assignee_id),
      'preview', coalesce(left(m.text, 160), ''), 'previewBy', m.author, 'previewType', m.type,
      'lastAt', epoch_ms(p_conversation.last_at),
      'unread', unread_count(p_conversation.id, p_operator_id),
      'waitingSince', case when h.taken_at is null then epoch_ms(h.opened_at) end, 'reason', h.reason,
      'tags', array_to_json(array(select tag from conversation_tags where conversation_id = p_conversation.id order by tag)),
      'snoozedUntil', case when p_conversation.snoozed_until > clock_timestamp() then epoch_ms(p_conversation.snoozed_until) end,
      'closedAt', epoch_ms(p_conversation.closed_at), 'flaggedAt', epoch_ms(p_conversation.flagged_at),
      'windowEndsAt', epoch_ms(p_conversation.window_ends_at), 'optedOut', u.opted_out_at is not null, 'demo', u.demo,
      'changedAt', epoch_ms(greatest(p_conversation.changed_at,
        case when p_conversation.snoozed_until <= clock_timestamp() then p_conversation.snoozed_until end)))
    from customers u
      left join lateral (
        select text, author, type from messages where conversation_id = p_conversation.id and state <> 'withheld'
          order by created_at desc, id desc limit 1) m on true
      left join handoffs h on h.conversation_id = p_conversation.id and h.handed_back_at is null
    where u.id = p_conversation.customer_id
$$;
