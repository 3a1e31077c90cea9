-- Returns the opt-out (`stop`) or opt-in (`start`) that a message makes; null when it changes nothing, or a newer one came before it.
create or replace function opt_change(p_customer customers, p_opt text, p_sent_at timestamptz) returns text language plpgsql as $$
begin
  return case when coalesce(p_sent_at < p_customer.opt_changed_at, false) then null
              when p_opt = 'stop' and p_customer.opted_out_at is null then 'stop'
              when p_opt = 'start' and p_customer.opted_out_at is not null then 'start' end;
end $$;
