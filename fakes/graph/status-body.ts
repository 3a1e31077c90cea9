import { webhookBody } from "../../host/meta-webhook.ts";
import type { SentMessage } from "./outbox.ts";
import { titleOf } from "./rules/refusals.ts";

export type ReportedStatus = "sent" | "delivered" | "read" | "played" | "failed";

/** Contents of a status report besides the message and its status. */
export interface StatusDetails {
  /** Pricing category of the message; templates have their own. */
  category: string;
  metaCode?: number | undefined;
  nowMs: number;
}

const ERRORS_PAGE = "https://developers.facebook.com/docs/whatsapp/cloud-api/support/error-codes/";

/** Body of the webhook that reports one status, in the form Meta has used since 2026. */
export function statusBody(message: SentMessage, status: ReportedStatus, details: StatusDetails) {
  const { phone, waUserId, opaqueId, phoneNumberId, waMessageId } = message;
  const { category, metaCode, nowMs } = details;
  const report = {
    id: waMessageId,
    status,
    timestamp: String(Math.floor(nowMs / 1000)),
    ...(phone !== null && { recipient_id: phone }),
    ...(waUserId !== null && { recipient_user_id: waUserId }),
    ...(opaqueId !== null && { biz_opaque_callback_data: opaqueId }),
    ...(status !== "failed" && {
      pricing: { billable: true, pricing_model: "PMP", type: "regular", category },
    }),
    ...(metaCode !== undefined && { errors: [errorOf(metaCode)] }),
  };
  const contact = {
    ...(phone !== null && { wa_id: phone }),
    ...(waUserId !== null && { user_id: waUserId }),
  };
  return webhookBody(phoneNumberId, {
    // A failed report carries no contact.
    ...(status !== "failed" && { contacts: [contact] }),
    statuses: [report],
  });
}

function errorOf(code: number) {
  const title = titleOf(code);
  return { code, title, message: title, error_data: { details: title }, href: ERRORS_PAGE };
}
