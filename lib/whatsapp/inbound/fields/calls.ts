import { type Fields, fieldOf, fieldsOf, listOf, nameOf, timestampOf } from "../../../json/lenient.ts";
import type { Call } from "../../../types/inbound.ts";
import { type Change, type OwnedChange, type Reader, readList } from "./change.ts";
import { contactOf, namesIn, SENDER } from "./contacts.ts";

/** Events of a call or call attempt; Meta's other events follow later, e.g. when a recording is ready. */
const EVENTS = ["connect", "call_created", "terminate"];

/** Reads calls from customers; calls by the business and later events are only noted. */
export const readCalls: Reader = (change, events, note) => {
  const made: unknown[] = [];
  for (const call of listOf(fieldOf(change.value, "calls"))) {
    if (madeByCustomer(fieldsOf(call))) made.push(call);
    else note("field", otherCall(fieldsOf(call)));
  }
  readList({ name: "calls", list: made, read: readCall }, change, events.calls, note);
  // Ringing, accepted, rejected: statuses of a call by the business.
  for (const status of listOf(fieldOf(change.value, "statuses"))) {
    note("field", `call ${nameOf(fieldOf(fieldsOf(status), "status"))}`);
  }
  if (isEmpty(change)) note("unusable", "no calls");
};

const madeByCustomer = (call: Fields): boolean =>
  fieldOf(call, "direction") === "USER_INITIATED" &&
  EVENTS.some((event) => event === (fieldOf(call, "event") ?? "connect"));

const otherCall = (call: Fields): string =>
  `call ${nameOf(fieldOf(call, "direction"))} ${nameOf(fieldOf(call, "event"))}`;

const isEmpty = ({ value }: Change): boolean =>
  listOf(fieldOf(value, "calls")).length + listOf(fieldOf(value, "statuses")).length === 0;

function readCall(item: unknown, change: OwnedChange): Call | string {
  const call = fieldsOf(item);
  const contact = contactOf(namesIn(call, SENDER), change.contacts);
  if (contact === null) return "call without a usable caller";
  // The 24-hour window opens when the call starts.
  const beganAt = fieldOf(call, "start_time") ?? fieldOf(call, "timestamp");
  return {
    phoneNumberId: change.phoneNumberId,
    from: contact.phone,
    fromUserId: contact.userId,
    timestampMs: timestampOf(beganAt, change.nowMs),
  };
}
