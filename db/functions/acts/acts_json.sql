-- Returns the newest acts of a conversation, newest first: those whose buttons a customer may still tap.
create or replace function acts_json(p_conversation_id uuid) returns json language plpgsql stable as $$
begin
  return (select coalesce(json_agg(act_json(a) order by a.created_at desc), '[]')
            from (select * from acts where conversation_id = p_conversation_id order by created_at desc limit 10) a);
end $$;
