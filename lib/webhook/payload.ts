import type { OtherEvent, WebhookEvents } from "../events.ts";
import type { Change } from "./fields/change.ts";
import { readField } from "./fields/table.ts";
import { type Fields, fieldsOf, idOf, listOf, momentOf, nameOf, own } from "./lenient.ts";
import { peopleOf } from "./people.ts";

/** Others listed one by one; past that a body only says that there were more. */
const MAX_OTHERS = 1_000;

/** Empty lists, to be filled. */
export function noEvents(): WebhookEvents {
  return {
    messages: [],
    statuses: [],
    echoes: [],
    identityChanges: [],
    preferences: [],
    calls: [],
    handovers: [],
    platform: [],
    others: [],
  };
}

/**
 * Every event of a webhook body. Total: any value in, never throws, and one bad item costs no other. Every string that
 * comes out is bounded and safe to store as PostgreSQL text or jsonb.
 */
export function parseWebhook(body: unknown, nowMs: number): WebhookEvents {
  const events = noEvents();
  const root = fieldsOf(body);
  const object = own(root, "object") ?? undefined;
  if (object !== undefined && object !== "whatsapp_business_account") {
    other(events, { reason: "unusable", detail: `object ${nameOf(object)}` });
    return events;
  }
  eachOf(own(root, "entry"), "entry", events, (item) => {
    const entry = fieldsOf(item);
    eachOf(own(entry, "changes"), "changes", events, (change) => readChange(change, entry, events, nowMs));
  });
  return events;
}

type Other = Pick<OtherEvent, "reason" | "detail"> & Partial<OtherEvent>;

function other(events: WebhookEvents, event: Other): void {
  const { others } = events;
  if (others.length < MAX_OTHERS) others.push({ phoneNumberId: null, field: "(none)", ...event });
  if (others.length === MAX_OTHERS) {
    others.push({ phoneNumberId: null, field: "(none)", reason: "unusable", detail: "and more, not listed" });
  }
}

/** Meta sends a list here; anything else is noted, and so is its absence. */
function eachOf(list: unknown, name: string, events: WebhookEvents, use: (item: unknown) => void): void {
  if (!Array.isArray(list)) other(events, { reason: "unusable", detail: `${name} is not a list` });
  for (const item of listOf(list)) use(item);
}

function readChange(item: unknown, entry: Fields, events: WebhookEvents, nowMs: number): void {
  const given = fieldsOf(item);
  const value = fieldsOf(own(given, "value"));
  const named = own(given, "field");
  const change: Change = {
    field: named === undefined || named === null ? "(none)" : nameOf(named),
    value,
    // A handover has no metadata: the number is its recipient.
    phoneNumberId: numberIn(own(value, "metadata")) ?? numberIn(own(value, "recipient")),
    accountId: idOf(own(entry, "id")),
    people: peopleOf(own(value, "contacts")),
    entryMs: momentOf(own(entry, "time"), nowMs),
    nowMs,
  };
  const { field, phoneNumberId } = change;
  readField(change, events, (reason, detail) => other(events, { phoneNumberId, field, reason, detail }));
}

const numberIn = (fields: unknown): string | null => idOf(own(fieldsOf(fields), "phone_number_id"));
