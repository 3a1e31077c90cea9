-- Keeps an operator's draft of what the company should say and returns it (Draft); null when its stored revision is another one than
-- `p_draft` was made from. Locks the draft.
create or replace function keep_draft(p_tenant_id uuid, p_operator_id uuid, p_draft jsonb) returns jsonb language plpgsql as $$
declare
  v_draft version_drafts;
begin
  insert into version_drafts as d (tenant_id, operator_id, based_on, revision, changes)
    select p_tenant_id, p_operator_id, (p_draft ->> 'basedOn')::integer, 1, p_draft -> 'changes'
      where (p_draft ->> 'revision')::integer = 0
         or exists (select from version_drafts where tenant_id = p_tenant_id and operator_id = p_operator_id)
    on conflict (tenant_id, operator_id) do update
      set based_on = excluded.based_on, changes = excluded.changes, revision = d.revision + 1, updated_at = clock_timestamp()
      where d.revision = (p_draft ->> 'revision')::integer
    returning * into v_draft;
  if v_draft.tenant_id is null then return null; end if;
  return draft_json(v_draft);
end $$;
