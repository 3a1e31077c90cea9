import type { WebhookEvents } from "../events.ts";

/**
 * Takes out every event of a number that is not in `covered`; how many there were. Events that name no number stay:
 * they concern an account or nobody.
 */
export function dropUncovered(events: WebhookEvents, covered: ReadonlySet<string>): number {
  // By name of list, so that a list of anything else does not compile.
  const lists: Record<keyof WebhookEvents, { phoneNumberId: string | null }[]> = events;
  return Object.values(lists).reduce((dropped, list) => dropped + keepCovered(list, covered), 0);
}

function keepCovered(list: { phoneNumberId: string | null }[], covered: ReadonlySet<string>): number {
  const before = list.length;
  let kept = 0;
  for (const event of list) {
    if (event.phoneNumberId === null || covered.has(event.phoneNumberId)) list[kept++] = event;
  }
  list.length = kept;
  return before - kept;
}
