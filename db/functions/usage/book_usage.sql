-- Books a turn: the number's use in its table (locks one share of the day), the customer's in the conversation's row in memory, which
-- the caller saves.
create or replace function book_usage(p_conversation conversations, p_usage jsonb, p_repeat jsonb) returns conversations language plpgsql as $$
declare
  v_sound_s integer := (p_usage ->> 'soundSeconds')::integer;
begin
  if p_conversation.usage_day is distinct from utc_today() then
    p_conversation.usage_day := utc_today();
    p_conversation.usage_turns := 0;
    p_conversation.usage_sound_s := 0;
  end if;
  p_conversation.usage_turns := p_conversation.usage_turns + 1;
  p_conversation.usage_sound_s := p_conversation.usage_sound_s + v_sound_s;
  p_conversation := count_repeat(p_conversation, p_repeat);
  insert into usage as u (tenant_id, day, share, turns, sound_s, usd)
    values (p_conversation.tenant_id, utc_today(), txid_current() % 16, 1, v_sound_s, (p_usage ->> 'usd')::numeric)
    on conflict (tenant_id, day, share) do update
      set turns = u.turns + 1, sound_s = u.sound_s + excluded.sound_s, usd = u.usd + excluded.usd;
  return p_conversation;
end $$;
