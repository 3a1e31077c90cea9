import type { Fields } from "../../json/lenient.ts";
import type { WebhookEvents } from "../../types/inbound.ts";
import { parseWebhook } from "./payload.ts";

/**
 * The events of a body whose signature covers only these numbers, and how many it held of others: whoever has the secret
 * of one app must not write into a number of another. Changes of other numbers are counted without being read. Events
 * that name no number stay: they concern an account or nobody.
 */
export function parseCovered(
  body: unknown,
  nowMs: number,
  covered: ReadonlySet<string>,
): { events: WebhookEvents; notOurs: number } {
  let unread = 0;
  const events = parseWebhook(body, nowMs, (phoneNumberId, value) => {
    if (covered.has(phoneNumberId)) return false;
    unread += itemsIn(value);
    return true;
  });
  // Some name their number inside of the change.
  return { events, notOurs: unread + dropUncovered(events, covered) };
}

/** How many items the lists of a change hold, but at least one. */
function itemsIn(value: Fields): number {
  const lists = Object.entries(value).filter(([name]) => name !== "contacts");
  return Math.max(
    1,
    lists.reduce((sum, [, list]) => sum + (Array.isArray(list) ? list.length : 0), 0),
  );
}

function dropUncovered(events: WebhookEvents, covered: ReadonlySet<string>): number {
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
