import { effective, itemsOf, withChanges } from "../../company/changes.ts";
import { checkCompany } from "../../company/check.ts";
import type { ConsoleDeps } from "../http/deps.ts";
import { Refusal, type TenantCall } from "../http/route.ts";
import { conflictsOf, draftChanged, liveCompany } from "./draft.ts";
import { versionSchema } from "./input.ts";

/** Each attempt puts the draft onto what has become live meanwhile. */
const ATTEMPTS = 3;

/** Saves the caller's draft as a version, live at once or proposed. Throws Refusal with the reason when it cannot be. */
export async function saveVersion(call: TenantCall<ConsoleDeps>, live: boolean): Promise<Response> {
  const { deps, tenantId, who } = call;
  const { operatorId } = who;
  const { revision, note } = await call.body(versionSchema);
  const draft = await deps.drafts.own(tenantId, operatorId);
  if (draft?.revision !== revision) throw draftChanged();
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const now = await liveCompany(call);
    const conflicts = await conflictsOf(tenantId, now, draft, deps.versions);
    if (conflicts.length > 0) throw conflict(conflicts);
    const items = itemsOf(effective(now.company, draft.changes));
    if (items.length === 0) throw nothingChanged();
    const checked = checkCompany(withChanges(now.company, draft.changes));
    if ("problems" in checked) throw notValid(checked.problems);
    const saved = await deps.versions.save(tenantId, {
      ...{ company: checked.company, note, items, operatorId, live, draftRevision: revision },
      expected: now.tenant.version ?? null,
    });
    if (saved.outcome === "saved") return Response.json({ number: saved.number });
    if (saved.outcome === "draft_changed") throw draftChanged();
    if (saved.outcome === "same") throw nothingChanged();
  }
  throw new Refusal(409, "live_changed", "Others are saving just now. Try again in a moment.");
}

const conflict = (items: readonly string[]): Refusal =>
  new Refusal(
    409,
    "conflict",
    `Somebody has changed the same and made it live: ${items.join(", ")}. Choose which to keep.`,
  );

const nothingChanged = (): Refusal =>
  new Refusal(409, "nothing_changed", "The draft says what is live already.");

const MOST_NAMED = 20;

function notValid(problems: readonly { item: string; field: string; message: string }[]): Refusal {
  const named = problems
    .slice(0, MOST_NAMED)
    .map(({ item, field, message }) => `${item}${field && ` (${field})`} ${message}`);
  return new Refusal(422, "not_valid", named.join("; "));
}
