-- Returns a handoff (HandoffView).
create or replace function handoff_json(p_handoff handoffs) returns jsonb language sql stable as $$
  select jsonb_build_object('id', p_handoff.id, 'reason', p_handoff.reason, 'summary', p_handoff.summary,
    'openedAt', epoch_ms(p_handoff.opened_at), 'takenAt', epoch_ms(p_handoff.taken_at),
    'takenBy', operator_json(p_handoff.taken_by), 'handedBackAt', epoch_ms(p_handoff.handed_back_at))
$$;
