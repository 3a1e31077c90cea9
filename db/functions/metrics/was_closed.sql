-- True when an operator closed a conversation in a span of time. Locks nothing.
create or replace function was_closed(p_conversation_id uuid, p_from timestamptz, p_to timestamptz) returns boolean language sql stable as $$
  select exists (select from audit_log
    where conversation_id = p_conversation_id and act = 'conversation.close' and at >= p_from and at < coalesce(p_to, 'infinity'))
$$;
