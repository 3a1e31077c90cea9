-- Starts a session of an operator from `tokenHash` and `device`; ends the session `replaces` that the browser had, and the oldest ones
-- beyond fifty. It ends after thirty days, or after twelve hours without a request. Locks the sessions that it ends.
create or replace function start_session(p_operator_id uuid, p_session jsonb) returns void language plpgsql as $$
begin
  delete from sessions where token_hash = decode(p_session ->> 'replaces', 'hex')
    or id in (select id from sessions where operator_id = p_operator_id order by created_at desc offset 49);
  insert into sessions (token_hash, operator_id, device, idle_ends_at, ends_at)
    values (decode(p_session ->> 'tokenHash', 'hex'), p_operator_id, p_session ->> 'device',
            clock_timestamp() + interval '12 hours', clock_timestamp() + interval '30 days');
end $$;
