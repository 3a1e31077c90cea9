import { fieldOf, fieldsOf, idOf, nameOf, phoneOf, timestampOf } from "../../../json/lenient.ts";
import type { Preference } from "../../../types/inbound.ts";
import type { OwnedChange } from "./change.ts";
import { contactOf } from "./contacts.ts";

/** Reads one item of `user_preferences`; a string says why it cannot be used. */
export function readPreference(item: unknown, change: OwnedChange): Preference | string {
  const setting = fieldsOf(item);
  const value = fieldOf(setting, "value");
  if (value !== "stop" && value !== "resume") return `preference ${nameOf(value)}`;
  const contact = contactOf(
    phoneOf(fieldOf(setting, "wa_id")),
    idOf(fieldOf(setting, "user_id")),
    change.contacts,
  );
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
