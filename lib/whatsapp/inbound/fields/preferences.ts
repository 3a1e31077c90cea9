import { fieldsOf, idOf, nameOf, own, phoneOf, timestampOf } from "../../../json/lenient.ts";
import type { Preference } from "../../../types/inbound.ts";
import type { OwnedChange } from "./change.ts";
import { personOf } from "./people.ts";

/** Reads one item of `user_preferences`; a string says why it cannot be used. */
export function readPreference(item: unknown, change: OwnedChange): Preference | string {
  const setting = fieldsOf(item);
  const value = own(setting, "value");
  if (value !== "stop" && value !== "resume") return `preference ${nameOf(value)}`;
  const person = personOf(phoneOf(own(setting, "wa_id")), idOf(own(setting, "user_id")), change.people);
  if (person === null) return "preference without a usable customer";
  return {
    phoneNumberId: change.phoneNumberId,
    from: person.phone,
    fromUserId: person.userId,
    category: nameOf(own(setting, "category")),
    value,
    timestampMs: timestampOf(own(setting, "timestamp"), change.nowMs),
  };
}
