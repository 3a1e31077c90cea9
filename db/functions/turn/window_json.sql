-- Until when Meta takes free-form messages to this person; null when only templates.
create or replace function window_json(c conversations) returns jsonb language sql volatile as $$
  select case when c.window_ends_at > clock_timestamp()
    then jsonb_build_object('endsAtMs', floor(extract(epoch from c.window_ends_at) * 1000)) end
$$;
