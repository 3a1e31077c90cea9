-- Everything but messages and statuses; few webhooks hold any of it. Returns the news that somebody should know.
create or replace function receive_besides(p jsonb, p_human_pause_s integer) returns jsonb language plpgsql as $$
declare
  item record;
  talk_id uuid;
  alerts jsonb;
begin
  for item in
    select x as body, t.id as tenant_id, kind, to_timestamp((x ->> 'timestampMs')::bigint / 1000.0) as at
      from jsonb_each(p) as each(kind, list), jsonb_array_elements(list) with ordinality as i(x, position)
      join tenants t on t.phone_number_id = x ->> 'phoneNumberId'
      where kind <> 'platform'
      order by t.id, kind, coalesce(x ->> 'toUserId', x ->> 'fromUserId', x ->> 'to', x ->> 'from'), position
  loop
    if item.kind = 'identityChanges' then
      if exists (select from identity_changes_aside a
                   where a.tenant_id = item.tenant_id and follows_identity_change(item.body, a.change))
         or not change_identity(item.tenant_id, item.body) then
        insert into identity_changes_aside (tenant_id, change) values (item.tenant_id, item.body);
      end if;
      continue;
    end if;
    if item.kind = 'echoes' and item.at < clock_timestamp() - interval '8 days' and was_purged(item.tenant_id, item.body ->> 'waMessageId') then
      continue;
    end if;
    insert into conversations (tenant_id, user_id)
      values (item.tenant_id, find_or_create_user(item.tenant_id, coalesce(item.body ->> 'to', item.body ->> 'from'),
                                                  coalesce(item.body ->> 'toUserId', item.body ->> 'fromUserId'), null))
      on conflict (user_id) do update set user_id = excluded.user_id
      returning id into talk_id;
    case item.kind
      when 'echoes' then
        insert into messages (tenant_id, conversation_id, direction, author, state, wa_message_id, type, text, content, sent_at)
          values (item.tenant_id, talk_id, 'out', 'agent', 'sent', item.body ->> 'waMessageId', item.body ->> 'type',
                  item.body ->> 'text', item.body -> 'content', item.at)
          on conflict (tenant_id, wa_message_id) do nothing;
        -- Told of it already: it is they who wrote.
        if found then
          perform open_handoff(talk_id, 'answered_from_phone', 'A person answers from the WhatsApp Business app.');
          update handoffs set notified_at = coalesce(notified_at, clock_timestamp()) where conversation_id = talk_id and handed_back_at is null;
          update conversations set status = 'human',
              bot_resumes_at = greatest(bot_resumes_at, item.at + make_interval(secs => p_human_pause_s))
            where id = talk_id;
        end if;
      when 'preferences' then
        if item.body ->> 'category' = 'marketing_messages' then
          -- What was said before the last word is no news.
          update users set no_marketing_at = case item.body ->> 'value' when 'stop' then item.at end
            where id = (select user_id from conversations where id = talk_id) and coalesce(no_marketing_at <= item.at, true);
        end if;
      when 'calls' then
        update conversations set window_ends_at = greatest(window_ends_at, item.at + interval '24 hours') where id = talk_id;
      when 'handovers' then
        update conversations set status = case when not (item.body ->> 'ours')::boolean then 'other_app'
            when exists (select from handoffs where conversation_id = talk_id and handed_back_at is null) then 'human' else 'bot' end
          where id = talk_id and status <> 'closed' and (status = 'other_app' or not (item.body ->> 'ours')::boolean);
      else null;
    end case;
  end loop;

  with news as (
    insert into platform_events (tenant_id, account_id, field, event, severity, detail, happened_at, fingerprint)
      select t.id, x ->> 'accountId', x ->> 'field', x ->> 'event', x ->> 'severity', x -> 'detail',
             to_timestamp((x ->> 'timestampMs')::bigint / 1000.0), concat(case when x ->> 'givenTimeMs' is null then current_date end, md5((x - 'timestampMs')::text))
        from jsonb_array_elements(p -> 'platform') x left join tenants t on t.phone_number_id = x ->> 'phoneNumberId'
      on conflict (fingerprint) do nothing returning field, event, severity)
  select coalesce(jsonb_agg(to_jsonb(news)), '[]') into alerts from news where severity <> 'info';
  return alerts;
end $$;
