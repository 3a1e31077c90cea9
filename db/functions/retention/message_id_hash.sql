-- Returns 16 bytes of a message id's hash: the id itself holds a phone number.
create or replace function message_id_hash(p_wa_message_id text) returns bytea language sql stable as $$
  select substring(sha256(convert_to(p_wa_message_id, 'UTF8')) for 16)
$$;
