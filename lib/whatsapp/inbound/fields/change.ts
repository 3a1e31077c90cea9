import { type Fields, listOf, own } from "../../../json/lenient.ts";
import type { OtherEvent, WebhookEvents } from "../../../types/inbound.ts";
import type { People } from "./people.ts";

/** One change of a webhook body: its `value`, and what stands around it. */
export interface Change {
  field: string;
  value: Fields;
  phoneNumberId: string | null;
  /** The WhatsApp Business Account. */
  accountId: string | null;
  people: People;
  /** The entry's own time, epoch milliseconds; null when it has none. */
  entryMs: number | null;
  nowMs: number;
}

/** A change whose number is known. */
export type OwnedChange = Change & { phoneNumberId: string };

/** Puts something into `others`, in words that hold nothing a person wrote. */
export type Note = (reason: OtherEvent["reason"], detail: string) => void;

/** Reads a change into the lists of `events`. */
export type Reader = (change: Change, events: WebhookEvents, note: Note) => void;

/** Reads each item of the list `name` into `kept`, or notes why it cannot be used: `read` says so with a string. */
export function readList<T>(
  list: unknown,
  name: string,
  change: Change,
  read: (item: unknown, change: OwnedChange) => T | string,
  kept: T[],
  note: Note,
): void {
  if (!Array.isArray(list)) note("unusable", `${name} is not a list`);
  const { phoneNumberId } = change;
  const owned = phoneNumberId === null ? null : { ...change, phoneNumberId };
  for (const item of listOf(list)) {
    const result = owned === null ? "no phone_number_id: nobody knows whose it is" : read(item, owned);
    if (typeof result === "string") note("unusable", result);
    else kept.push(result);
  }
}

/** The reader of a field that has one list, under `name`. */
export function oneList<T>(
  name: string,
  read: (item: unknown, change: OwnedChange) => T | string,
  into: (events: WebhookEvents) => T[],
): Reader {
  return (change, events, note) => readList(own(change.value, name), name, change, read, into(events), note);
}
