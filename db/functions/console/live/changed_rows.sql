-- Returns the conversations of a company that a transaction from `p_version` on has written, or that have woken since, newest first, at most
-- 501: each with its version, its row, and how many messages each of the operators has not seen. The minute only finds them quickly: no
-- transaction of ours takes one.
create or replace function changed_rows(p_tenant_id uuid, p_operators uuid[], p_since timestamptz, p_version bigint) returns jsonb
language plpgsql stable set jit = off as $$
declare
  v_near bigint := pg_snapshot_xmax(pg_current_snapshot())::text::bigint;
begin
  return coalesce((
    select jsonb_agg(jsonb_build_object('version', changed.version, 'row', conversation_row_json(changed.conversation, p_operators[1]),
        'unread', (
          select jsonb_object_agg(id, unread_count((changed.conversation).id, id)) from unnest(p_operators) as o (id))))
      from (
        select c as conversation, row_version(c.xmin, v_near) as version, c.changed_at as at from conversations c
          where c.tenant_id = p_tenant_id and c.changed_minute >= date_trunc('minute', p_since - interval '1 minute')
            and row_version(c.xmin, v_near) >= p_version
        union all
        -- Nothing is written when a snooze ends.
        select c, v_near, c.snoozed_until from conversations c
          where c.tenant_id = p_tenant_id and c.snoozed_until > p_since and c.snoozed_until <= clock_timestamp()
            and row_version(c.xmin, v_near) < p_version
          order by at desc limit 501) changed), '[]');
end $$;
