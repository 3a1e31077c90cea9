import { cleanJson } from "../../../json/clean.ts";
import { fieldOf, fieldsOf, idOf, metaCodesOf, nameOf, textOf, timestampOf } from "../../../json/lenient.ts";
import type { DeliveryStatus, StatusUpdate } from "../../../types/inbound.ts";
import { userIdOf } from "./contacts.ts";

const STATUSES: readonly DeliveryStatus[] = ["sent", "delivered", "read", "played", "failed"];

/** Reads one status report leniently; a string says why it cannot be used. */
export function readStatus(
  item: unknown,
  envelope: { phoneNumberId: string; nowMs: number },
): StatusUpdate | string {
  const report = fieldsOf(item);
  const waMessageId = idOf(fieldOf(report, "id"));
  if (waMessageId === null) return "status without a usable id";
  const named = fieldOf(report, "status");
  const status = STATUSES.find((known) => typeof named === "string" && known === named.toLowerCase());
  if (status === undefined) return `status ${nameOf(named)}`;
  const inPlaceOfPhone = userIdOf(fieldOf(report, "recipient_id"));
  return {
    phoneNumberId: envelope.phoneNumberId,
    waMessageId,
    status,
    timestampMs: timestampOf(fieldOf(report, "timestamp"), envelope.nowMs),
    recipientId: inPlaceOfPhone === null ? idOf(fieldOf(report, "recipient_id")) : null,
    recipientUserId:
      idOf(fieldOf(report, "recipient_user_id")) ??
      inPlaceOfPhone ??
      idOf(fieldOf(report, "recipient_parent_user_id")),
    opaqueId: textOf(fieldOf(report, "biz_opaque_callback_data"), 512),
    metaCodes: metaCodesOf(fieldOf(report, "errors")),
    pricing: cleanJson(fieldOf(report, "pricing")),
  };
}
