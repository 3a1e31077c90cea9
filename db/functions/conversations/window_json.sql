-- Returns when Meta's window for free-form messages ends (OpenWindow); null when only templates may be sent.
create or replace function window_json(p_conversation conversations) returns jsonb language sql volatile as $$
  select case when p_conversation.window_ends_at > clock_timestamp()
    then jsonb_build_object('endsAtMs', floor(extract(epoch from p_conversation.window_ends_at) * 1000)) end
$$;
