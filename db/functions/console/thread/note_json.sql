-- Returns a note (NoteView).
create or replace function note_json(p_note notes) returns jsonb language sql stable as $$
  select jsonb_build_object('id', p_note.id, 'at', epoch_ms(p_note.created_at), 'operator', operator_json(p_note.operator_id),
    'text', p_note.text)
$$;
