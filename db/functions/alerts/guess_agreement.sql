-- Returns how the local classifier's guesses compare with the model's answers between two moments, by what was guessed and the customer's
-- language (GuessCell): of one company's turns, for the weights of its newest guess alone, since others guess otherwise. Where a guess has
-- decided, the model's answer is the one that was asked for behind the reply, if any. Locks nothing.
create or replace function guess_agreement(p_tenant_id uuid, p_from timestamptz, p_to timestamptz) returns jsonb language sql stable as $$
  with newest as (
    select guess ->> 'version' as version from turns
      where tenant_id = p_tenant_id and guess is not null and started_at >= p_from and started_at < p_to order by started_at desc limit 1),
  guessed as (
    select t.guess ->> 'intent' as intent, t.language, t.decided_by = 'model' or t.guess ? 'model' as compared,
           (t.guess ->> 'sure')::boolean as sure, (t.guess ->> 'confidence')::real >= 0.5 as likely,
           t.guess ->> 'intent' = coalesce(t.guess -> 'model' ->> 'intent', t.intent) as agrees
      from turns t, newest
      where t.tenant_id = p_tenant_id and t.started_at >= p_from and t.started_at < p_to and t.guess ->> 'version' = newest.version
        and t.decided_by in ('model', 'likeness')),
  cells as (
    select intent, language, count(*) as turns, count(*) filter (where sure) as sure,
           count(*) filter (where sure and compared) as compared, count(*) filter (where sure and compared and agrees) as agreed,
           count(*) filter (where likely and compared and intent is not null) as likely,
           count(*) filter (where likely and compared and agrees) as "likelyAgreed"
      from guessed group by intent, language)
  select jsonb_build_object('version', (select version from newest),
    'cells', coalesce((select jsonb_agg(to_jsonb(c) order by c.intent nulls last, c.language) from cells c), '[]'))
$$;
