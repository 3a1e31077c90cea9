import { fieldOf, fieldsOf, nameOf, timestampOf } from "../../../json/lenient.ts";
import type { Preference } from "../../../types/inbound.ts";
import type { OwnedChange } from "./change.ts";
import { CONTACT, contactOf, namesIn } from "./contacts.ts";

/** Reads one item of `user_preferences`; a string says why it cannot be used. */
export function readPreference(item: unknown, change: OwnedChange): Preference | string {
  const setting = fieldsOf(item);
  const value = fieldOf(setting, "value");
  if (value !== "stop" && value !== "resume") return `preference ${nameOf(value)}`;
  const contact = contactOf(namesIn(setting, CONTACT), change.contacts);
  if (contact === null) return "preference without a usable customer";
  return {
    phoneNumberId: change.phoneNumberId,
    from: contact.phone,
    fromUserId: contact.userId,
    category: nameOf(fieldOf(setting, "category")),
    value,
    timestampMs: timestampOf(fieldOf(setting, "timestamp"), change.nowMs),
  };
}
