-- Returns up to 50 messages of a conversation before the cursor (null: the newest), oldest first, with the turns and notes of their
-- time (StoredPage). The cursor is the oldest message's id, so that messages with one time are neither left out nor doubled.
create or replace function thread_page_json(p_conversation_id uuid, p_before uuid) returns jsonb language plpgsql stable as $$
declare
  v_before timestamptz := (select created_at from messages where id = p_before and conversation_id = p_conversation_id);
  v_ids uuid[];
  v_more boolean;
  v_from timestamptz := '-infinity';
begin
  if p_before is not null and v_before is null then
    return jsonb_build_object('messages', '[]'::jsonb, 'turns', '[]'::jsonb, 'notes', '[]'::jsonb, 'older', null);
  end if;
  v_ids := array(
    select id from messages
      where conversation_id = p_conversation_id
        and (created_at, id) < (coalesce(v_before, 'infinity'), coalesce(p_before, 'ffffffff-ffff-ffff-ffff-ffffffffffff'))
      order by created_at desc, id desc limit 51);
  v_more := cardinality(v_ids) > 50;
  v_ids := v_ids[1:50];
  if v_more then v_from := (select created_at from messages where id = v_ids[50]); end if;
  return jsonb_build_object(
    'messages', coalesce((
      select jsonb_agg(thread_message_json(m) order by m.created_at, m.id) from messages m where m.id = any (v_ids)), '[]'),
    'turns', coalesce((
      select jsonb_agg(thread_turn_json(t) order by t.started_at, t.id) from (
        select * from turns
          where conversation_id = p_conversation_id and started_at >= v_from and started_at < coalesce(v_before, 'infinity')
          order by started_at desc limit 100) t), '[]'),
    'notes', coalesce((
      select jsonb_agg(note_json(n) order by n.created_at, n.id) from (
        select * from notes
          where conversation_id = p_conversation_id and created_at >= v_from and created_at < coalesce(v_before, 'infinity')
          order by created_at desc limit 200) n), '[]'),
    'older', case when v_more then v_ids[50] end);
end $$;
