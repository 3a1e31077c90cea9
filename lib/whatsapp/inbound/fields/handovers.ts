import { fieldsOf, idOf, nameOf, own, phoneOf, timestampOf } from "../../../json/lenient.ts";
import type { Handover } from "../../../types/inbound.ts";
import { type OwnedChange, type Reader, readList } from "./change.ts";
import { personOf } from "./people.ts";

/** Handover types: this app gains or loses the conversation. */
const OURS: Readonly<Record<string, boolean>> = { control_passed: true, control_taken: false };

/** Reads a `messaging_handovers` change; its value is the event itself. */
export const readHandovers: Reader = (change, events, note) =>
  readList({ name: "value", list: [change.value], read: readHandover }, change, events.handovers, note);

function readHandover(item: unknown, change: OwnedChange): Handover | string {
  const value = fieldsOf(item);
  const named = own(value, "type") ?? Object.keys(OURS).find((type) => Object.hasOwn(value, type));
  const ours = Object.entries(OURS).find(([type]) => type === named)?.[1];
  if (ours === undefined) return `handover ${nameOf(named)}`;
  const sender = fieldsOf(own(value, "sender"));
  const phone = phoneOf(own(sender, "phone_number")) ?? phoneOf(own(sender, "wa_id"));
  const person = personOf(phone, idOf(own(sender, "user_id")), change.people);
  if (person === null) return "handover without a usable customer";
  return {
    phoneNumberId: change.phoneNumberId,
    from: person.phone,
    fromUserId: person.userId,
    ours,
    timestampMs: timestampOf(own(value, "timestamp"), change.nowMs),
  };
}
