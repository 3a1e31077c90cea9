import { fieldOf, fieldsOf, nameOf, timestampOf } from "../../../json/lenient.ts";
import type { Handover } from "../../../types/inbound.ts";
import { type OwnedChange, type Reader, readList } from "./change.ts";
import { CONTACT, contactOf, namesIn } from "./contacts.ts";

/** Handover types: this app gains or loses the conversation. */
const OURS: Readonly<Record<string, boolean>> = { control_passed: true, control_taken: false };

/** Reads a `messaging_handovers` change; its value is the event itself. */
export const readHandovers: Reader = (change, events, note) =>
  readList({ name: "value", list: [change.value], read: readHandover }, change, events.handovers, note);

function readHandover(item: unknown, change: OwnedChange): Handover | string {
  const value = fieldsOf(item);
  const named = fieldOf(value, "type") ?? Object.keys(OURS).find((type) => Object.hasOwn(value, type));
  const ours = Object.entries(OURS).find(([type]) => type === named)?.[1];
  if (ours === undefined) return `handover ${nameOf(named)}`;
  const sender = fieldsOf(fieldOf(value, "sender"));
  const contact = contactOf(namesIn(sender, CONTACT), change.contacts);
  if (contact === null) return "handover without a usable customer";
  return {
    phoneNumberId: change.phoneNumberId,
    from: contact.phone,
    fromUserId: contact.userId,
    ours,
    timestampMs: timestampOf(fieldOf(value, "timestamp"), change.nowMs),
  };
}
