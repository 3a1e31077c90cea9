-- Returns the keyed hash of a phone or a user id, null for null. Hashed twice, like HMAC, which PostgreSQL does not have built in.
create or replace function identity_hash(p_tenant_id uuid, p_kind text, p_identity text) returns bytea language sql stable as $$
  select sha256(key || sha256(key || convert_to(p_tenant_id || ' ' || p_kind || ' ' || p_identity, 'UTF8'))) from hash_key
$$;
