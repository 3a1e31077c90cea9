-- Looks for a reply that an earlier process drafted: it is sent or confirmed first, never composed a second time. A draft that may not
-- be sent any more is withheld, and one of which nothing is left to do is ended here, until none is left. The caller has locked the
-- conversation and saves it; this locks the turns and their messages.
create or replace function resume_draft(
  inout p_conversation conversations,
  -- The turn that is to be finished first; null when there is none.
  out o_draft turns,
  out o_unsent json,
  -- Its handoff, when no operator was notified of it.
  out o_handoff json,
  out o_counters text[]) language plpgsql as $$
declare
  v_arrived boolean;
  v_attempted boolean;
begin
  o_counters := '{}';
  loop
    -- The reply before the plain form of one of its parts; then what operators wrote, in that order.
    select * into o_draft from turns
      where conversation_id = p_conversation.id and state = 'drafted'
      order by rung is not distinct from 'operator', case when rung = 'operator' then through_seq else -through_seq end, started_at limit 1;
    if o_draft.id is null then return; end if;
    o_unsent := unsent_json(o_draft.id, p_conversation.lease_expires_at);
    select json_build_object('reason', reason, 'summary', summary) into o_handoff from handoffs
      where turn_id = o_draft.id and notified_at is null and handed_back_at is null;
    if o_unsent is not null then
      if may_send(p_conversation, o_draft.id, o_draft.through_seq) then return; end if;
      update messages set state = 'withheld', updated_at = clock_timestamp()
        where turn_id = o_draft.id and direction = 'out' and state in ('draft', 'ambiguous');
      o_counters := o_counters || 'withheld'::text;
    end if;
    o_unsent := '[]';

    select coalesce(bool_or(delivery_rank(state) > 0), false), coalesce(bool_or(sends > 0), false) into v_arrived, v_attempted
      from messages where turn_id = o_draft.id and direction = 'out';
    if o_handoff is null and not v_attempted then
      -- Nothing of it was sent, so it has answered nothing: an operator reads the messages, or they are answered anew.
      update turns set state = 'withheld', ended_at = clock_timestamp() where id = o_draft.id;
      continue;
    end if;
    o_counters := o_counters || count_ambiguous_sends(array(select id from messages where turn_id = o_draft.id and direction = 'out'));
    if o_handoff is not null then return; end if;
    update turns set state = case when v_arrived then 'answered' else 'withheld' end, ended_at = clock_timestamp() where id = o_draft.id;
    update messages set turn_id = o_draft.id
      where conversation_id = p_conversation.id and turn_id is null and seq > p_conversation.answered_seq and seq <= o_draft.through_seq;
    p_conversation := mark_answered(p_conversation, o_draft.through_seq, p_conversation.unread_since);
  end loop;
end $$;
