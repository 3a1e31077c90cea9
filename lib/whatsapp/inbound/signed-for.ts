import type { Fields } from "../../json/lenient.ts";
import type { WebhookEvents } from "../../types/inbound.ts";
import { mapLists } from "./events.ts";
import { parseWebhook } from "./payload.ts";

/**
 * Events of a body signed for `numbers`, and a count of events for other numbers: one app's secret must not write to
 * another app's number. Changes of other numbers are counted without being read. Events without a number stay, because
 * they concern the account.
 */
export function parseSignedFor(
  body: unknown,
  numbers: ReadonlySet<string>,
  nowMs: number,
): { events: WebhookEvents; notOurs: number } {
  let skipped = 0;
  const all = parseWebhook(body, nowMs, (phoneNumberId, value) => {
    if (numbers.has(phoneNumberId)) return false;
    skipped += itemsIn(value);
    return true;
  });
  // Some events name their number inside the change.
  const events = mapLists(all, (list) =>
    list.filter(({ phoneNumberId }) => phoneNumberId === null || numbers.has(phoneNumberId)),
  );
  return { events, notOurs: skipped + countOf(all) - countOf(events) };
}

/** Number of items in a change's lists, at least one. */
function itemsIn(value: Fields): number {
  const lists = Object.entries(value).filter(([name]) => name !== "contacts");
  return Math.max(
    1,
    lists.reduce((sum, [, list]) => sum + (Array.isArray(list) ? list.length : 0), 0),
  );
}

const countOf = (events: WebhookEvents): number =>
  Object.values(events).reduce((sum, list) => sum + list.length, 0);
