-- Returns conversations that a person has left alone for longer than their company allows (IdleConversation), longest waiting first.
-- Locks nothing: return_to_bot looks again.
create or replace function idle_conversations(p_limit integer) returns jsonb language plpgsql stable as $$
begin
  return (
    select coalesce(jsonb_agg(jsonb_build_object('conversationId', i.id, 'why', i.o_why, 'optedOut', has_opted_out(i.customer_id),
        'waitingS', floor(extract(epoch from clock_timestamp() - i.o_since)), 'companyLanguage', i.company_language,
        'language', coalesce(i.language, i.company_language),
        'unanswered', (select coalesce(jsonb_agg(coalesce(m.text, '') order by m.seq), '[]') from messages m
                         where m.conversation_id = i.id and m.direction = 'in' and m.state = 'received' and m.turn_id is null
                           and m.created_at >= i.o_asked_from))), '[]')
      from (
        select c.id, c.customer_id, u.language, t.profile ->> 'language' as company_language, p.o_why, p.o_since,
               coalesce(operator_spoke_at(c.id), (select opened_at from handoffs h where h.conversation_id = c.id and h.handed_back_at is null),
                        'infinity') as o_asked_from
          from conversations c join tenants t on t.id = c.tenant_id join customers u on u.id = c.customer_id
          cross join lateral person_idle(c, (tenant_setting(t.settings, 'returnAfterMin') ->> 0)::integer) p
          where c.status = 'human' and p.o_why is not null
          order by p.o_since nulls last, c.id limit p_limit) i);
end $$;
