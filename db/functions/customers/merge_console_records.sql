-- Moves what operators keep about one conversation to another: notes, tags, ratings, suggestions and who has it; returns the other as it
-- is then, open and awake if either was. Changes the conversation in memory: the caller has locked both and saves it.
create or replace function merge_console_records(p_kept conversations, p_joined conversations) returns conversations language plpgsql as $$
begin
  update notes set conversation_id = p_kept.id where conversation_id = p_joined.id;
  insert into conversation_tags (tenant_id, conversation_id, tag)
    select tenant_id, p_kept.id, tag from conversation_tags where conversation_id = p_joined.id on conflict do nothing;
  update csat set conversation_id = p_kept.id, customer_id = p_kept.customer_id where conversation_id = p_joined.id;
  update suggestions set conversation_id = p_kept.id where conversation_id = p_joined.id;
  p_kept.assignee_id := coalesce(p_kept.assignee_id, p_joined.assignee_id);
  if p_joined.closed_at is null then p_kept.closed_at := null; end if;
  if p_joined.snoozed_until is null then p_kept.snoozed_until := null; end if;
  p_kept.flagged_at := coalesce(p_kept.flagged_at, p_joined.flagged_at);
  p_kept.bot_note := coalesce(p_kept.bot_note, p_joined.bot_note);
  return p_kept;
end $$;
