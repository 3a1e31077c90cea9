import { type Fields, fieldOf, listOf } from "../../../json/lenient.ts";
import type { OtherEvent, WebhookEvents } from "../../../types/inbound.ts";
import type { Contacts } from "./contacts.ts";

/** One change of a webhook body: its `value` with its context. */
export interface Change {
  field: string;
  value: Fields;
  phoneNumberId: string | null;
  /** The WhatsApp Business Account. */
  accountId: string | null;
  contacts: Contacts;
  /** Time of the entry, epoch milliseconds; null when it has none. */
  entryMs: number | null;
  nowMs: number;
}

/** A change whose number is known. */
export type OwnedChange = Change & { phoneNumberId: string };

/** Adds an event to `others`; the detail holds nothing that a customer wrote. */
export type Note = (reason: OtherEvent["reason"], detail: string) => void;

/** Reads a change into the lists of `events`. */
export type Reader = (change: Change, events: WebhookEvents, note: Note) => void;

/** A list of a change. `read` gives an item's event, or a string that says why the item cannot be used. */
interface ItemList<T> {
  name: string;
  list: unknown;
  read: (item: unknown, change: OwnedChange) => T | string;
}

/** Reads each item of a list into `kept`, or notes why it cannot be used. */
export function readList<T>({ name, list, read }: ItemList<T>, change: Change, kept: T[], note: Note): void {
  if (!Array.isArray(list)) note("unusable", `${name} is not a list`);
  const { phoneNumberId } = change;
  const owned = phoneNumberId === null ? null : { ...change, phoneNumberId };
  for (const item of listOf(list)) {
    const result = owned === null ? "no phone_number_id" : read(item, owned);
    if (typeof result === "string") note("unusable", result);
    else kept.push(result);
  }
}

/** Reader of a field with one list, under `name`. */
export function oneList<T>(
  name: string,
  read: ItemList<T>["read"],
  into: (events: WebhookEvents) => T[],
): Reader {
  return (change, events, note) =>
    readList({ name, list: fieldOf(change.value, name), read }, change, into(events), note);
}
