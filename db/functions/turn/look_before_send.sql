-- The last look before a part is sent: whether it may still go out, and whether the part before it has reached the phone.
create or replace function look_before_send(p jsonb) returns json language plpgsql as $$
declare
  talk conversations;
begin
  select * into talk from conversations where id = (p ->> 'conversationId')::uuid and epoch = (p ->> 'epoch')::bigint;
  return json_build_object(
    'maySend', talk.id is not null and may_speak(talk, (p ->> 'turnId')::uuid, (p ->> 'throughSeq')::bigint),
    'reached', coalesce((select delivery_rank(state) >= 2 from messages
                            where id = (p ->> 'previousId')::uuid and conversation_id = talk.id), true));
end $$;
