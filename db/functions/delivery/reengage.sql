-- A reply came to nothing because the window had closed: the company's template asks the person to write again, as a
-- turn that is written down and has only to be sent; without a template a person takes over. Of the reply, only the
-- newest message that it answers counts: its turn may still be under way.
create or replace function reengage(p_conversation uuid, p_through bigint) returns jsonb language plpgsql as $$
declare
  talk conversations;
  person users;
  profile jsonb;
  code text;
  v_turn uuid := gen_random_uuid();
begin
  select * into talk from conversations where id = p_conversation for update;
  -- They wrote meanwhile, or somebody sees to it: the answer to that will reach them.
  if talk.received_seq > greatest(talk.answered_seq, p_through) or talk.status <> 'bot' then return null; end if;
  select * into person from users where id = talk.user_id;
  select t.profile into profile from tenants t where t.id = talk.tenant_id;
  code := coalesce(profile -> 'reengagement' -> 'languageCodes' ->> coalesce(person.language, profile ->> 'language'),
                   (select value from jsonb_each_text(profile -> 'reengagement' -> 'languageCodes') limit 1));
  if code is null or person.opted_out_at is not null or talk.reengaged_at > clock_timestamp() - interval '24 hours' then
    return open_handoff(talk.id, 'window_closed', 'The answer could not be delivered: the 24-hour window had closed.');
  end if;
  insert into turns (id, tenant_id, conversation_id, epoch, through_seq, state, rung)
    values (v_turn, talk.tenant_id, talk.id, talk.epoch, talk.received_seq + 1, 'drafted', 'template');
  insert into messages (tenant_id, conversation_id, direction, author, state, type, text, content, turn_id, sent_at)
    values (talk.tenant_id, talk.id, 'out', 'bot', 'draft', 'template', '[template ' || (profile -> 'reengagement' ->> 'name') || ']',
            jsonb_build_object('kind', 'template', 'name', profile -> 'reengagement' ->> 'name', 'languageCode', code),
            v_turn, clock_timestamp());
  update conversations set received_seq = received_seq + 1, open_since = clock_timestamp(), reengaged_at = clock_timestamp()
    where id = talk.id;
  return '"template"';
end $$;
