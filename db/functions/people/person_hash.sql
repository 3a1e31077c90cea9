-- A phone or a user id as a keyed hash, null for null: hashed twice, as HMAC does, because what built-ins offer is no HMAC.
create or replace function person_hash(p_tenant uuid, p_kind text, p_name text) returns bytea language sql stable as $$
  select sha256(key || sha256(key || convert_to(p_tenant || ' ' || p_kind || ' ' || p_name, 'UTF8'))) from hash_key
$$;
