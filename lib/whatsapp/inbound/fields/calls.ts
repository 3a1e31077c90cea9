import {
  type Fields,
  fieldsOf,
  idOf,
  listOf,
  nameOf,
  own,
  phoneOf,
  timestampOf,
} from "../../../json/lenient.ts";
import type { Call } from "../../../types/inbound.ts";
import { type Change, type OwnedChange, type Reader, readList } from "./change.ts";
import { personOf } from "./people.ts";

/** Events of a call or call attempt; Meta's other events follow later, e.g. when a recording is ready. */
const EVENTS = ["connect", "call_created", "terminate"];

/** Reads calls from customers; calls by the business and later events are only noted. */
export const readCalls: Reader = (change, events, note) => {
  const made: unknown[] = [];
  for (const call of listOf(own(change.value, "calls"))) {
    if (madeByCustomer(fieldsOf(call))) made.push(call);
    else note("field", otherCall(fieldsOf(call)));
  }
  readList({ name: "calls", list: made, read: readCall }, change, events.calls, note);
  // Ringing, accepted, rejected: statuses of a call by the business.
  for (const status of listOf(own(change.value, "statuses"))) {
    note("field", `call ${nameOf(own(fieldsOf(status), "status"))}`);
  }
  if (isEmpty(change)) note("unusable", "no calls");
};

const madeByCustomer = (call: Fields): boolean =>
  own(call, "direction") === "USER_INITIATED" &&
  EVENTS.some((event) => event === (own(call, "event") ?? "connect"));

const otherCall = (call: Fields): string =>
  `call ${nameOf(own(call, "direction"))} ${nameOf(own(call, "event"))}`;

const isEmpty = ({ value }: Change): boolean =>
  listOf(own(value, "calls")).length + listOf(own(value, "statuses")).length === 0;

function readCall(item: unknown, change: OwnedChange): Call | string {
  const call = fieldsOf(item);
  const person = personOf(phoneOf(own(call, "from")), idOf(own(call, "from_user_id")), change.people);
  if (person === null) return "call without a usable caller";
  // The 24-hour window opens when the call starts.
  const beganAt = own(call, "start_time") ?? own(call, "timestamp");
  return {
    phoneNumberId: change.phoneNumberId,
    from: person.phone,
    fromUserId: person.userId,
    timestampMs: timestampOf(beganAt, change.nowMs),
  };
}
