-- A person as Customer of lib/types/conversation.ts.
create or replace function person_json(u users) returns jsonb language sql stable as $$
  select jsonb_build_object('id', u.id, 'phone', u.phone, 'waUserId', u.wa_user_id, 'name', u.name, 'language', u.language,
                            'optedOut', u.opted_out_at is not null)
$$;
