import { cleanText } from "../../json/clean.ts";
import type { AuditDetail } from "../../types/console/audit.ts";
import type { ConsoleDeps } from "./deps.ts";
import { type AuditNote, Refusal, type TenantCall, type TenantRoute } from "./route.ts";

const OF_CONVERSATION = "/t/:tenant/conversations/:id";
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const MAX_VALUE = 200;

/**
 * Writes a route's line into the audit log. It comes first: when it cannot be stored, nothing is shown and nothing is done, and the
 * line of an act that then fails says truthfully that somebody tried.
 */
export async function recordAudit(
  route: TenantRoute<ConsoleDeps>,
  call: TenantCall<ConsoleDeps>,
): Promise<void> {
  const { id } = call.params;
  const ofConversation = id !== undefined && `${route.path}/`.startsWith(`${OF_CONVERSATION}/`);
  if (ofConversation && !UUID.test(id)) throw new Refusal(404, "not_found", "There is no such conversation.");
  const note = await noteOf(route, call);
  if (note === null) return;
  const { operatorId, email } = call.who;
  await call.deps.audit.add(call.tenantId, {
    operatorId,
    operator: email,
    act: note.act,
    conversationId: note.conversationId === undefined ? (ofConversation ? id : null) : note.conversationId,
    detail: bounded(note.detail ?? otherParameters(call.params, ofConversation)),
    look: route.method === "GET",
  });
}

async function noteOf(
  { audit }: TenantRoute<ConsoleDeps>,
  call: TenantCall<ConsoleDeps>,
): Promise<AuditNote | null> {
  return typeof audit === "function" ? audit(call) : audit === null ? null : { act: audit };
}

function otherParameters({ tenant: _, ...params }: TenantCall<unknown>["params"], ofConversation: boolean) {
  const { id: _id, ...others } = params;
  return ofConversation ? others : params;
}

const bounded = (detail: AuditDetail): AuditDetail =>
  Object.fromEntries(
    Object.entries(detail).map(([name, value]) => [
      name,
      typeof value === "string" ? cleanText(value, MAX_VALUE) : value,
    ]),
  );
