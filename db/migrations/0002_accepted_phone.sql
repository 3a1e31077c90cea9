-- The spelling of a customer's phone that Meta accepts where it refuses the one that it delivers: test numbers list their recipients in
-- one spelling. Null until Meta has refused the delivered one.
alter table customers add accepted_phone text;
