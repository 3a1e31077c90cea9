import { fieldOf, fieldsOf, listOf, metaCodesOf } from "../../../json/lenient.ts";
import type { WebhookEvents } from "../../../types/inbound.ts";
import { isAccountEvent, readAccountEvent } from "./account-events.ts";
import { readCalls } from "./calls.ts";
import { type Change, type Note, oneList, type Reader, readList } from "./change.ts";
import { contactsOf } from "./contacts.ts";
import { readHandovers } from "./handovers.ts";
import { identityChangeOf, readIdentityUpdate } from "./identity.ts";
import { readMessage } from "./messages.ts";
import { readOperatorEcho } from "./operator-echoes.ts";
import { readPreference } from "./preferences.ts";
import { readStatus } from "./statuses.ts";

const present = (change: Change, names: readonly string[]): string[] =>
  names.filter((name) => (fieldOf(change.value, name) ?? null) !== null);

const readMessages: Reader = (change, events, note) => {
  const names = present(change, ["messages", "statuses", "errors"]);
  if (names.length === 0) note("unusable", "neither messages, statuses nor errors");
  if (names.includes("errors")) noteErrors(fieldOf(change.value, "errors"), note);
  if (names.includes("messages")) keepMessages(change, events, note);
  if (names.includes("statuses")) {
    const list = fieldOf(change.value, "statuses");
    readList({ name: "statuses", list, read: readStatus }, change, events.statuses, note);
  }
};

function noteErrors(errors: unknown, note: Note): void {
  if (!Array.isArray(errors)) note("unusable", "errors is not a list");
  if (listOf(errors).length > 0) note("errors", metaCodesOf(errors).join(" ") || "without a code");
}

function keepMessages(change: Change, events: WebhookEvents, note: Note): void {
  const { phoneNumberId } = change;
  const list = fieldOf(change.value, "messages");
  readList({ name: "messages", list, read: readMessage }, change, events.messages, note);
  if (phoneNumberId === null) return;
  for (const item of listOf(list)) {
    const identity = identityChangeOf(item, { ...change, phoneNumberId });
    if (identity !== null) events.identityChanges.push(identity);
  }
}

/**
 * Reads copies of a conversation that another app owns, under `standby` or next to it. Customers' messages are stored;
 * the other app's messages and their status reports are only noted.
 */
const readStandby: Reader = (change, events, note) => {
  const inner = fieldOf(change.value, "standby");
  const value = { ...change.value, ...(Array.isArray(inner) ? { messages: inner } : fieldsOf(inner)) };
  const copy = { ...change, value, contacts: contactsOf(fieldOf(value, "contacts")) };
  for (const name of present(copy, ["message_echoes", "statuses"])) note("field", `standby ${name}`);
  if (present(copy, ["messages"]).length > 0) keepMessages(copy, events, note);
  else if (present(copy, ["message_echoes", "statuses"]).length === 0) note("unusable", "standby of nothing");
};

/** Readers by field. Account events have their own; any other field goes to `others`. */
const READERS: Readonly<Record<string, Reader>> = {
  messages: readMessages,
  standby: readStandby,
  smb_message_echoes: oneList("message_echoes", readOperatorEcho, (events) => events.operatorEchoes),
  user_id_update: oneList("user_id_update", readIdentityUpdate, (events) => events.identityChanges),
  user_preferences: oneList("user_preferences", readPreference, (events) => events.preferences),
  calls: readCalls,
  messaging_handovers: readHandovers,
};

/** Reads a change by its field; an unnamed one is read as `messages` if it looks like it. */
export const readField: Reader = (change, events, note) => {
  const { field } = change;
  const unnamed = field === "(none)" && present(change, ["messages", "statuses", "errors"]).length > 0;
  const name = unnamed ? "messages" : field;
  const read = Object.hasOwn(READERS, name) ? READERS[name] : undefined;
  if (read) read(change, events, note);
  else if (isAccountEvent(field)) events.accountEvents.push(readAccountEvent(change));
  else note("field", field);
};
