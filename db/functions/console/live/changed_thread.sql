-- Returns what a transaction from `p_version` on has written in a conversation that somebody has open (ChangedThread), among its newest 200
-- messages, 50 turns and 100 notes, and who looks at it; `state` (what is around it) only when something changed. `gone` when the
-- company has no such conversation (any more).
create or replace function changed_thread(p_tenant_id uuid, p_id uuid, p_version bigint) returns jsonb
language plpgsql stable set jit = off as $$
declare
  v_near bigint := pg_snapshot_xmax(pg_current_snapshot())::text::bigint;
  v_conversation conversations;
  v_changed boolean;
  v_messages jsonb;
begin
  select * into v_conversation from conversations where id = p_id and tenant_id = p_tenant_id;
  if not found then return jsonb_build_object('id', p_id, 'gone', true); end if;
  select row_version(xmin, v_near) >= p_version into v_changed from conversations where id = p_id;
  select jsonb_agg(jsonb_build_object('version', version, 'value', thread_message_json(message))
      order by (message).created_at, (message).id) into v_messages
    from (
      select m as message, row_version(m.xmin, v_near) as version from messages m
        where conversation_id = p_id order by created_at desc, id desc limit 200) newest
    where version >= p_version;
  return jsonb_build_object('id', p_id, 'gone', false, 'messages', coalesce(v_messages, '[]'),
    'turns', coalesce((
      select jsonb_agg(jsonb_build_object('version', version, 'value', thread_turn_json(turn)) order by (turn).started_at)
        from (
          select t as turn, row_version(t.xmin, v_near) as version from turns t
            where conversation_id = p_id order by started_at desc limit 50) newest
        where version >= p_version), '[]'),
    'notes', coalesce((
      select jsonb_agg(jsonb_build_object('version', version, 'value', note_json(note)) order by (note).created_at)
        from (
          select n as note, row_version(n.xmin, v_near) as version from notes n
            where conversation_id = p_id order by created_at desc limit 100) newest
        where version >= p_version), '[]'),
    'state', case when v_changed or v_messages is not null then conversation_state_json(v_conversation) end,
    'presence', presence_json(p_tenant_id, p_id, null));
end $$;
