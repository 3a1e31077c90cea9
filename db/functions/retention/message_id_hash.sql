-- A message id as 16 bytes that say nothing of it.
create or replace function message_id_hash(p_wa_message_id text) returns bytea language sql stable as $$
  select substring(sha256(convert_to(p_wa_message_id, 'UTF8')) for 16)
$$;
