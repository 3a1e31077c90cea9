-- Enters a price, or corrects the one of the same day: `written`; `changed` when it is not the one that its writer saw (`was`, null: none), and
-- `full` when the company has its most. Locks that row.
create or replace function write_rate(p_tenant_id uuid, p_rate jsonb, p_most integer) returns text language plpgsql as $$
declare
  v_market text := p_rate ->> 'market';
  v_category text := p_rate ->> 'category';
  v_day date := (p_rate ->> 'validFrom')::date;
  v_price numeric := (p_rate ->> 'priceUsd')::numeric;
  v_was numeric := (p_rate ->> 'was')::numeric;
  v_found numeric;
begin
  if v_was is null then
    if (select count(*) from message_rates where tenant_id = p_tenant_id) >= p_most then return 'full'; end if;
    insert into message_rates (tenant_id, market, category, valid_from, price_usd)
      values (p_tenant_id, v_market, v_category, v_day, v_price) on conflict do nothing;
    if found then return 'written'; end if;
  else
    update message_rates set price_usd = v_price, changed_at = clock_timestamp()
      where tenant_id = p_tenant_id and market = v_market and category = v_category and valid_from = v_day and price_usd = v_was;
    if found then return 'written'; end if;
  end if;
  -- Who presses twice has been heard.
  select price_usd into v_found from message_rates
    where tenant_id = p_tenant_id and market = v_market and category = v_category and valid_from = v_day;
  return case when v_found = v_price then 'written' else 'changed' end;
end $$;
