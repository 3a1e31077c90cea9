-- Returns the numbers beside the lists for an operator (Counts); each at most 1000.
create or replace function counts_json(p_tenant_id uuid, p_operator_id uuid) returns jsonb language sql stable as $$
  select jsonb_build_object('waiting', w.count, 'longestSince', w.since,
    'mine', (select count(*) from (
      select from conversations where assignee_id = p_operator_id and tenant_id = p_tenant_id and closed_at is null
        and coalesce(snoozed_until <= clock_timestamp(), true) limit 1000) mine),
    'snoozed', (select count(*) from (
      select from conversations where tenant_id = p_tenant_id and snoozed_until > clock_timestamp() limit 1000) snoozed),
    'flagged', (select count(*) from (
      select from conversations where tenant_id = p_tenant_id and flagged_at is not null limit 1000) flagged))
    from (
      select count(*), epoch_ms(min(opened_at)) as since from (
        select h.opened_at from handoffs h join conversations c on c.id = h.conversation_id
          where h.tenant_id = p_tenant_id and h.handed_back_at is null and h.taken_at is null and c.closed_at is null
            and coalesce(c.snoozed_until <= clock_timestamp(), true)
          order by h.opened_at limit 1000) waiting) w
$$;
