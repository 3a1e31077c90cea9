-- Saves what a company should say as a new version and returns its number, or why not (SaveOutcome). Refuses when another version than the
-- `expected` one has become live, or the draft has another revision; a draft goes with the version that it became. With `live` turns use it
-- from their next claim on. A caller that knows nothing of `tools` names none: those that are live stay. Locks the tenant, then the draft,
-- then passages; takes no lock that a turn waits for with more in hand.
create or replace function save_version(p_tenant_id uuid, p_version jsonb) returns jsonb language plpgsql as $$
declare
  v_tenant tenants;
  v_operator_id uuid := (p_version ->> 'operatorId')::uuid;
  v_tools jsonb;
  v_number integer;
begin
  select * into v_tenant from tenants where id = p_tenant_id for no key update;
  if p_version ? 'expected' and v_tenant.version is distinct from (p_version ->> 'expected')::integer then
    return jsonb_build_object('outcome', 'moved');
  end if;
  if v_operator_id is not null then
    perform from version_drafts
      where tenant_id = p_tenant_id and operator_id = v_operator_id and revision = (p_version ->> 'draftRevision')::integer for update;
    if not found then return jsonb_build_object('outcome', 'draft_changed'); end if;
  end if;
  v_tools := coalesce(p_version -> 'tools', v_tenant.tools);
  if v_tenant.profile = p_version -> 'profile' and v_tenant.intents = p_version -> 'intents' and v_tenant.tools = v_tools
      and passages_json(p_tenant_id) = p_version -> 'passages' and (v_tenant.version is not null or v_operator_id is not null) then
    return jsonb_build_object('outcome', 'same', 'number', v_tenant.version);
  end if;

  v_tenant := keep_first_version(v_tenant);
  select coalesce(max(number), 0) + 1 into v_number from versions where tenant_id = p_tenant_id;
  insert into versions (tenant_id, number, profile, intents, tools, passages, note, based_on, items, operator_id)
    values (p_tenant_id, v_number, p_version -> 'profile', p_version -> 'intents', v_tools, p_version -> 'passages',
      p_version ->> 'note', v_tenant.version, p_version -> 'items', v_operator_id);
  if (p_version ->> 'live')::boolean then perform apply_version(p_tenant_id, v_number); end if;
  delete from version_drafts where tenant_id = p_tenant_id and operator_id = v_operator_id;
  return jsonb_build_object('outcome', 'saved', 'number', v_number);
end $$;
