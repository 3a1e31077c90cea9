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

/** A call happened, or was tried; the rest of Meta's events come after it, e.g. when a recording is ready. */
const EVENTS = ["connect", "call_created", "terminate"];

/** The calls that people made to the business; its own calls, and what follows on calls, are noted only. */
export const readCalls: Reader = (change, events, note) => {
  const made: unknown[] = [];
  for (const call of listOf(own(change.value, "calls"))) {
    if (madeByAPerson(fieldsOf(call))) made.push(call);
    else note("field", otherCall(fieldsOf(call)));
  }
  readList(made, "calls", change, readCall, events.calls, note);
  // Ringing, accepted, rejected: about a call of the business.
  for (const status of listOf(own(change.value, "statuses"))) {
    note("field", `call ${nameOf(own(fieldsOf(status), "status"))}`);
  }
  if (isEmpty(change)) note("unusable", "no calls");
};

const madeByAPerson = (call: Fields): boolean =>
  own(call, "direction") === "USER_INITIATED" &&
  EVENTS.some((event) => event === (own(call, "event") ?? "connect"));

const otherCall = (call: Fields): string =>
  `call ${nameOf(own(call, "direction"))} ${nameOf(own(call, "event"))}`;

const isEmpty = ({ value }: Change): boolean =>
  listOf(own(value, "calls")).length + listOf(own(value, "statuses")).length === 0;

function readCall(item: unknown, change: OwnedChange): Call | string {
  const call = fieldsOf(item);
  const person = personOf(phoneOf(own(call, "from")), idOf(own(call, "from_user_id")), change.people);
  if (person === null) return "call of nobody";
  // The window opens when the call begins.
  const beganAt = own(call, "start_time") ?? own(call, "timestamp");
  return {
    phoneNumberId: change.phoneNumberId,
    from: person.phone,
    fromUserId: person.userId,
    timestampMs: timestampOf(beganAt, change.nowMs),
  };
}
