-- Keeps what models were sent and said in a turn (KeptExchanges). What is there already stays. Locks prompts, in the order of their keys.
create or replace function keep_exchanges(p_tenant_id uuid, p_turn_id uuid, p_exchanges jsonb) returns void language plpgsql as $$
begin
  if p_exchanges -> 'prompts' <> '{}' then
    insert into prompts (tenant_id, key, text)
      select p_tenant_id, key, value from jsonb_each_text(p_exchanges -> 'prompts') order by key
      on conflict do nothing;
  end if;
  insert into exchanges (turn_id, tenant_id, calls) values (p_turn_id, p_tenant_id, p_exchanges -> 'calls')
    on conflict do nothing;
end $$;
