-- Books a turn with its number; the person's part is in the row that comes back, for whoever writes it.
create or replace function book_usage(talk conversations, p_usage jsonb, p_repeat jsonb) returns conversations language plpgsql as $$
declare
  sound_s integer := (p_usage ->> 'soundSeconds')::integer;
begin
  if talk.usage_day is distinct from utc_today() then
    talk.usage_day := utc_today();
    talk.usage_turns := 0;
    talk.usage_sound_s := 0;
  end if;
  talk.usage_turns := talk.usage_turns + 1;
  talk.usage_sound_s := talk.usage_sound_s + sound_s;
  talk.repeat_key := p_repeat ->> 'key';
  talk.repeat_count := coalesce((p_repeat ->> 'count')::integer, 0);
  insert into usage as u (tenant_id, day, share, turns, sound_s, usd)
    values (talk.tenant_id, utc_today(), txid_current() % 16, 1, sound_s, (p_usage ->> 'usd')::numeric)
    on conflict (tenant_id, day, share) do update
      set turns = u.turns + 1, sound_s = u.sound_s + excluded.sound_s, usd = u.usd + excluded.usd;
  return talk;
end $$;
