import type { OtherEvent, WebhookEvents } from "../events.ts";
import { errorCodesOf, fieldsOf, idOf, listOf, nameOf, own } from "./lenient.ts";
import { contactsOf, readMessage } from "./messages.ts";
import { readStatus } from "./statuses.ts";

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
  const object = own(root, "object");
  if (object !== undefined && object !== "whatsapp_business_account") {
    other(events, { reason: "unusable", detail: `object ${nameOf(object)}` });
    return events;
  }
  eachOf(own(root, "entry"), "entry", events, (entry) =>
    eachOf(own(fieldsOf(entry), "changes"), "changes", events, (change) => readChange(change, events, nowMs)),
  );
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

type Note = (reason: OtherEvent["reason"], detail: string) => void;

function readChange(item: unknown, events: WebhookEvents, nowMs: number): void {
  const change = fieldsOf(item);
  const value = fieldsOf(own(change, "value"));
  const phoneNumberId = idOf(own(fieldsOf(own(value, "metadata")), "phone_number_id"));
  const named = own(change, "field");
  const field = named === undefined || named === null ? "(none)" : nameOf(named);
  const note: Note = (reason, detail) => other(events, { phoneNumberId, field, reason, detail });

  const present = ["messages", "statuses", "errors"].filter((name) => (own(value, name) ?? null) !== null);
  // Echoes, history and standby copies hold messages too, but nobody wrote those to the bot.
  if (field !== "messages" && (field !== "(none)" || present.length === 0)) {
    note("field", field);
    return;
  }
  if (present.length === 0) note("unusable", "neither messages, statuses nor errors");
  for (const name of present) if (!Array.isArray(own(value, name))) note("unusable", `${name} is not a list`);

  const errors = listOf(own(value, "errors"));
  if (errors.length > 0) note("errors", errorCodesOf(errors).join(" ") || "without a code");
  if (phoneNumberId === null) {
    const items = [...listOf(own(value, "messages")), ...listOf(own(value, "statuses"))];
    for (const _ of items) note("unusable", "no phone_number_id: nobody knows whose it is");
    return;
  }
  const envelope = { phoneNumberId, contacts: contactsOf(own(value, "contacts")), nowMs };
  keep(listOf(own(value, "messages")), events.messages, (message) => readMessage(message, envelope), note);
  keep(listOf(own(value, "statuses")), events.statuses, (status) => readStatus(status, envelope), note);
}

/** Reads each item into `kept`, or notes why it cannot be used. */
function keep<T>(
  items: readonly unknown[],
  kept: T[],
  read: (item: unknown) => T | string,
  note: Note,
): void {
  for (const item of items) {
    const result = read(item);
    if (typeof result === "string") note("unusable", result);
    else kept.push(result);
  }
}
