import { cleanJson } from "../../../json/clean.ts";
import { fieldsOf, idOf, metaCodesOf, nameOf, own, textOf, timestampOf } from "../../../json/lenient.ts";
import type { DeliveryStatus, StatusUpdate } from "../../../types/inbound.ts";

const STATUSES: readonly DeliveryStatus[] = ["sent", "delivered", "read", "played", "failed"];

/** Reads one status report leniently; a string says why it cannot be used. */
export function readStatus(
  item: unknown,
  envelope: { phoneNumberId: string; nowMs: number },
): StatusUpdate | string {
  const report = fieldsOf(item);
  const waMessageId = idOf(own(report, "id"));
  if (waMessageId === null) return "status without a usable id";
  const named = own(report, "status");
  const status = STATUSES.find((known) => typeof named === "string" && known === named.toLowerCase());
  if (status === undefined) return `status ${nameOf(named)}`;
  return {
    phoneNumberId: envelope.phoneNumberId,
    waMessageId,
    status,
    timestampMs: timestampOf(own(report, "timestamp"), envelope.nowMs),
    recipientId: idOf(own(report, "recipient_id")),
    recipientUserId: idOf(own(report, "recipient_user_id")),
    opaqueId: textOf(own(report, "biz_opaque_callback_data"), 512),
    errorCodes: metaCodesOf(own(report, "errors")),
    pricing: cleanJson(own(report, "pricing")),
  };
}
