import type { Stages } from "../telemetry/stages.ts";
import type { WebhookEvents } from "../types/inbound.ts";
import type { Received } from "../types/inbox-store.ts";
import type { InboxDeps } from "./context.ts";
import { receive } from "./receive.ts";

/** Most updates that Meta puts into one body. */
const MAX_EVENTS = 1_000;

/**
 * Stores all events of one webhook: of Meta's in one statement, of a body with more in one statement for each thousand,
 * since a statement of many thousands takes longer than the database grants. Throws when not all are stored; what is
 * stored by then is a duplicate in the next delivery.
 */
export async function receiveInSlices(
  events: WebhookEvents,
  deps: InboxDeps,
  stages: Stages,
): Promise<Received> {
  const slices = sliced(events);
  const [first, ...more] = slices;
  if (!first || more.length === 0) return receive(events, deps, stages);
  const inbox: InboxDeps["inbox"] = {
    ...deps.inbox,
    // Of several turns begun with the storing only one could be handed on.
    receive: (batch) => deps.inbox.receive({ ...batch, claim: null }),
  };
  let whole = await receive(first, { ...deps, inbox }, stages);
  for (const slice of more) whole = joined(whole, await receive(slice, { ...deps, inbox }, stages));
  return whole;
}

/** As many as the longest list needs; the n-th holds the n-th thousand of each list. */
function sliced(events: WebhookEvents): WebhookEvents[] {
  const { others: _unstored, ...stored } = events;
  const longest = Math.max(...Object.values(stored).map((list) => list.length));
  return Array.from({ length: Math.ceil(longest / MAX_EVENTS) }, (_, index) => {
    const part = <T>(list: T[]): T[] => list.slice(index * MAX_EVENTS, (index + 1) * MAX_EVENTS);
    return {
      messages: part(events.messages),
      statuses: part(events.statuses),
      echoes: part(events.echoes),
      identityChanges: part(events.identityChanges),
      preferences: part(events.preferences),
      calls: part(events.calls),
      handovers: part(events.handovers),
      platform: part(events.platform),
      others: [],
    };
  });
}

function joined(left: Received, right: Received): Received {
  return {
    conversationIds: [...new Set([...left.conversationIds, ...right.conversationIds])],
    claim: null,
    leftOpen: [...new Set([...left.leftOpen, ...right.leftOpen])],
    stored: left.stored + right.stored,
    duplicates: left.duplicates + right.duplicates,
    limited: left.limited + right.limited,
    notOurs: left.notOurs + right.notOurs,
    statusesApplied: left.statusesApplied + right.statusesApplied,
    notices: [...left.notices, ...right.notices],
    handoffs: [...left.handoffs, ...right.handoffs],
    alerts: [...left.alerts, ...right.alerts],
  };
}
