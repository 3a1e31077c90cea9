-- Returns a draft as pages have it (Draft). Locks nothing.
create or replace function draft_json(p_draft version_drafts) returns jsonb language sql immutable as $$
  select jsonb_build_object('basedOn', p_draft.based_on, 'revision', p_draft.revision, 'changes', p_draft.changes,
    'updatedAt', epoch_ms(p_draft.updated_at))
$$;
