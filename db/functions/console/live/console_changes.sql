-- Returns what changed in a company behind a position (Changes) for the pages that one process has open (Asked), in one statement. The
-- new position is read before anything else: what is committed meanwhile comes twice rather than never. `stale` when the position is over
-- ten minutes old, of another database, or when more changed than a page should be told one by one. Locks the presence of those who look.
create or replace function console_changes(p_tenant_id uuid, p_asked jsonb) returns jsonb language plpgsql set jit = off as $$
declare
  v_position text := stream_position();
  v_near bigint := split_part(v_position, '-', 2)::bigint;
  v_since timestamptz := to_timestamp(split_part(p_asked ->> 'since', '-', 1)::float8 / 1000);
  v_version bigint := split_part(p_asked ->> 'since', '-', 2)::bigint;
  v_operators uuid[] := array(select jsonb_array_elements_text(p_asked -> 'operators'));
  v_rows jsonb := '[]';
  v_threads jsonb := '[]';
  v_stale boolean := v_version > v_near or v_since < clock_timestamp() - interval '10 minutes';
begin
  if p_asked -> 'present' <> 'null' then perform keep_presence(p_tenant_id, p_asked -> 'present'); end if;
  if v_version is not null and not v_stale then
    v_rows := changed_rows(p_tenant_id, v_operators, v_since, v_version);
    v_stale := jsonb_array_length(v_rows) > 500;
    v_threads := coalesce((
      select jsonb_agg(changed_thread(p_tenant_id, id::uuid, v_version)) from jsonb_array_elements_text(p_asked -> 'watched') as w (id)), '[]');
  end if;
  return jsonb_build_object('position', v_position, 'stale', coalesce(v_stale, false),
    'rows', case when v_stale then '[]' else v_rows end, 'threads', v_threads,
    'counts', case when v_rows <> '[]' or (p_asked -> 'counts')::boolean then (
      select jsonb_object_agg(id, counts_json(p_tenant_id, id)) from unnest(v_operators) as o (id)) end,
    -- Nothing is written when a snooze ends: hidden pages count again then.
    'wakesInMs', case when (p_asked -> 'counts')::boolean then (
      select ceil(extract(epoch from min(snoozed_until) - clock_timestamp()) * 1000) from conversations
        where tenant_id = p_tenant_id and snoozed_until > clock_timestamp()) end,
    'sessions', case when p_asked -> 'sessions' <> 'null' then live_sessions(p_tenant_id, p_asked -> 'sessions') end);
end $$;
