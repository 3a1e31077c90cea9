import type { Fields } from "../../json/lenient.ts";
import type { WebhookEvents } from "../../types/inbound.ts";
import { mapLists } from "./events.ts";
import { parseWebhook } from "./payload.ts";

/**
 * The events of a body that is signed for these numbers, and a count of those for others: the secret of one app must not
 * write into a number of another. Changes of other numbers are counted without being read. Events that name no number
 * stay: they concern an account or nobody.
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
  // Some name their number inside of the change.
  const events = mapLists(all, (list) =>
    list.filter(({ phoneNumberId }) => phoneNumberId === null || numbers.has(phoneNumberId)),
  );
  return { events, notOurs: skipped + countOf(all) - countOf(events) };
}

/** The number of items in the lists of a change, at least one. */
function itemsIn(value: Fields): number {
  const lists = Object.entries(value).filter(([name]) => name !== "contacts");
  return Math.max(
    1,
    lists.reduce((sum, [, list]) => sum + (Array.isArray(list) ? list.length : 0), 0),
  );
}

const countOf = (events: WebhookEvents): number =>
  Object.values(events).reduce((sum, list) => sum + list.length, 0);
