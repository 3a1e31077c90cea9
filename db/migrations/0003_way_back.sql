-- When a customer who has opted out was told the way back, since that opt-out.
alter table customers add column way_back_told_at timestamptz;
