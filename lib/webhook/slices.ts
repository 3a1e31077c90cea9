import type { Stages } from "../telemetry/stages.ts";
import type { WebhookEvents } from "../types/inbound.ts";
import type { Received } from "../types/inbox-store.ts";
import { mapLists } from "../whatsapp/inbound/events.ts";
import type { InboxDeps } from "./context.ts";
import { receive } from "./receive.ts";
import { sumReceived } from "./received.ts";

/** Most updates that Meta puts into one body. */
const MAX_EVENTS = 1_000;

/**
 * Stores all events of one delivery: in one statement, or in one for each thousand, since a statement of many thousands
 * takes longer than the database grants. Throws when not all are stored; what is stored by then is a duplicate in the
 * redelivery.
 */
export async function receiveInSlices(
  events: WebhookEvents,
  deps: InboxDeps,
  stages: Stages,
): Promise<Received> {
  const [first, ...more] = sliced(events);
  if (!first || more.length === 0) return receive(events, deps, stages);
  // Of several turns started by storing only one could be handed on.
  const options = { startTurn: false };
  let whole = await receive(first, deps, stages, options);
  for (const slice of more) whole = sumReceived(whole, await receive(slice, deps, stages, options));
  return whole;
}

/** As many slices as the longest list needs; the n-th holds the n-th thousand of each list. */
function sliced(events: WebhookEvents): WebhookEvents[] {
  const stored = { ...events, others: [] };
  const longest = Math.max(...Object.values(stored).map((list) => list.length));
  return Array.from({ length: Math.ceil(longest / MAX_EVENTS) }, (_, index) =>
    mapLists(stored, (list) => list.slice(index * MAX_EVENTS, (index + 1) * MAX_EVENTS)),
  );
}
