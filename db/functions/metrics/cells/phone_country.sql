-- Returns the country of a phone (digits without +) by its calling code; null for none.
create or replace function phone_country(p_phone text) returns text language sql immutable parallel safe as $$
  select coalesce(calling_codes() ->> left(p_phone, 4), calling_codes() ->> left(p_phone, 3), calling_codes() ->> left(p_phone, 2),
                  calling_codes() ->> left(p_phone, 1))
$$;
