import type { Language } from "../../../lib/types/company.ts";
import { PHRASES } from "./phrases/phrases.ts";
import { itemsOf, type Order } from "./results.ts";

/** One order in up to three sentences; several as a list. */
export function describeOrders(orders: readonly Order[], language: Language): string {
  const phrases = PHRASES[language];
  const lines = orders.map((order) => describeOrder(order, language));
  if (lines.length === 0) return phrases.noOrders;
  return lines.length === 1
    ? lines.join("")
    : `${phrases.orders}\n${lines.map((line) => `- ${line}`).join("\n")}`;
}

function describeOrder(order: Order, language: Language): string {
  const phrases = PHRASES[language];
  const status = phrases.statuses[order.status] ?? order.status.replaceAll("_", " ");
  const by = order.carrier ? phrases.by(order.carrier) : "";
  return [
    `${phrases.order({ number: order.number, items: itemsOf(order), status })}${by}.`,
    order.expectedOn ? phrases.expected(spokenDate(order.expectedOn, language)) : "",
    order.trackingUrl ? phrases.tracking(order.trackingUrl) : "",
  ]
    .filter(Boolean)
    .join(" ");
}

/** `2026-03-06` in words; anything else unchanged. */
function spokenDate(date: string, language: Language): string {
  const at = /^\d{4}-\d{2}-\d{2}$/.test(date) ? Date.parse(date) : Number.NaN;
  if (Number.isNaN(at)) return date;
  return new Intl.DateTimeFormat(language, { day: "numeric", month: "long", timeZone: "UTC" }).format(at);
}
