import { type Fields, fieldOf, fieldsOf, idOf, listOf, momentOf, nameOf } from "../../json/lenient.ts";
import type { OtherEvent, WebhookEvents } from "../../types/inbound.ts";
import { noEvents } from "./events.ts";
import type { Change } from "./fields/change.ts";
import { contactsOf } from "./fields/contacts.ts";
import { readField } from "./fields/table.ts";

/** Other events listed one by one; one entry stands for the rest. */
const MAX_OTHERS = 1_000;

/** True for a change that must not be read, by its number. */
export type Skip = (phoneNumberId: string, value: Fields) => boolean;

/**
 * Reads all events of a webhook body, except changes that `skip` leaves out. Accepts any value and never throws; one bad
 * item does not affect the others. Every string in the result is bounded and safe as PostgreSQL text or jsonb.
 */
export function parseWebhook(body: unknown, nowMs: number, skip: Skip = () => false): WebhookEvents {
  const events: WebhookEvents = noEvents();
  const root = fieldsOf(body);
  const object = fieldOf(root, "object") ?? undefined;
  if (object !== undefined && object !== "whatsapp_business_account") {
    other(events, { reason: "unusable", detail: `object ${nameOf(object)}` });
    return events;
  }
  eachOf(fieldOf(root, "entry"), "entry", events, (item) => {
    const entry = fieldsOf(item);
    eachOf(fieldOf(entry, "changes"), "changes", events, (given) => {
      const change = changeOf(fieldsOf(given), entry, nowMs);
      const { phoneNumberId: id } = change;
      if (id === null || !skip(id, change.value)) readChange(change, events);
    });
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

/** Uses each item of a list; notes when it is missing or not a list. */
function eachOf(list: unknown, name: string, events: WebhookEvents, use: (item: unknown) => void): void {
  if (!Array.isArray(list)) other(events, { reason: "unusable", detail: `${name} is not a list` });
  for (const item of listOf(list)) use(item);
}

function changeOf(given: Fields, entry: Fields, nowMs: number): UnreadChange {
  const value = fieldsOf(fieldOf(given, "value"));
  const named = fieldOf(given, "field");
  return {
    field: named === undefined || named === null ? "(none)" : nameOf(named),
    value,
    // A handover has no metadata; its recipient is the number.
    phoneNumberId: numberIn(fieldOf(value, "metadata")) ?? numberIn(fieldOf(value, "recipient")),
    accountId: idOf(fieldOf(entry, "id")),
    entryMs: momentOf(fieldOf(entry, "time"), nowMs),
    nowMs,
  };
}

const numberIn = (fields: unknown): string | null => idOf(fieldOf(fieldsOf(fields), "phone_number_id"));

type UnreadChange = Omit<Change, "contacts">;

function readChange(unread: UnreadChange, events: WebhookEvents): void {
  const change: Change = { ...unread, contacts: contactsOf(fieldOf(unread.value, "contacts")) };
  const { field, phoneNumberId } = change;
  readField(change, events, (reason, detail) => other(events, { phoneNumberId, field, reason, detail }));
}
