-- Enters many prices at once: `{written, same}`, how many are new or corrected and how many were so already; null when the company would have
-- over its most. Locks the rows that change, in the order of their keys.
create or replace function import_rates(p_tenant_id uuid, p_rates jsonb, p_most integer) returns jsonb language plpgsql as $$
declare
  v_written integer;
begin
  if (select count(*) from message_rates where tenant_id = p_tenant_id) + jsonb_array_length(p_rates) > p_most
    and (select count(*) from (
           select market, category, valid_from from message_rates where tenant_id = p_tenant_id
           union select x.market, x.category, x."validFrom" from jsonb_to_recordset(p_rates) as x (market text, category text, "validFrom" date)) u) > p_most
  then return null; end if;
  insert into message_rates as r (tenant_id, market, category, valid_from, price_usd)
    select p_tenant_id, x.market, x.category, x."validFrom", x."priceUsd"
      from jsonb_to_recordset(p_rates) as x (market text, category text, "validFrom" date, "priceUsd" numeric)
      order by x.market, x.category, x."validFrom"
    on conflict (tenant_id, market, category, valid_from) do update
      set price_usd = excluded.price_usd, changed_at = clock_timestamp() where r.price_usd <> excluded.price_usd;
  get diagnostics v_written = row_count;
  return jsonb_build_object('written', v_written, 'same', jsonb_array_length(p_rates) - v_written);
end $$;
